import type { ReplyLink } from "../../wire/reply"
import { Hold } from "./hold"
import { addressPartner, keepPartner } from "./partner"
import { settleMoney } from "./money"
import { noteOnce } from "./note-once"
import type { PlannedLine } from "./plan-lines"
import { settleReturns } from "./returns"
import { findSaleOrder, guardTotals, isDraft, lineChanges, linesFor, makeSaleOrder, odooTime, productsIn, writeLines, type Partners, type SaleOrder } from "./sale-order"
import type { Session } from "./session"
import { readShopOrder, type ShopOrder } from "./shop-order"

const linkTo = ({ id, name }: SaleOrder): ReplyLink => ({ odoo_id: String(id), odoo_name: name })

async function partnersOf(session: Session, { order, customer }: ShopOrder): Promise<Partners> {
  const { id } = await keepPartner(session, customer, order.billing_address ?? order.shipping_address ?? null, false)
  return {
    customer: id,
    invoice: await addressPartner(session, id, order.billing_address, "invoice"),
    delivery: await addressPartner(session, id, order.shipping_address, "delivery"),
  }
}

/**
 * Makes sure that an order names its customer.
 * @throws Hold where it does not
 */
export function requireCustomer({ customer }: ShopOrder): void {
  if (customer.email === "" && customer.name === "") {
    throw Hold.forPerson("The order names no customer: neither an e-mail nor a name.")
  }
}

/** Whether the sale order of an order is to be confirmed by now. */
export function isDueForConfirmation({ options }: Session, { order }: ShopOrder): boolean {
  return options.confirm === "always" || (options.confirm === "paid" && ["captured", "partially_refunded", "refunded"].includes(order.payment_status))
}

/**
 * Confirms a sale order. Odoo dates it anew by that; it was ordered when the shop says. An attempt whose answer was lost may have
 * confirmed it, and left Odoo's date.
 */
async function keepConfirmed({ client }: Session, { order }: ShopOrder, saleOrder: SaleOrder): Promise<void> {
  const date = odooTime(order.created_at)
  if (isDraft(saleOrder)) {
    await client.call("sale.order", "action_confirm", { ids: [saleOrder.id] })
  }
  if (isDraft(saleOrder) || saleOrder.date !== date) {
    await client.call("sale.order", "write", { ids: [saleOrder.id], vals: { date_order: date } })
  }
}

async function cancel(session: Session, saleOrder: SaleOrder): Promise<void> {
  if (saleOrder.state !== "cancel") {
    await session.client.call("sale.order", "action_cancel", { ids: [saleOrder.id], context: { disable_cancel_warning: true } })
  }
}

/** Brings the lines of a sale order up to the shop's, where nothing of them has been delivered; else a note tells the salesperson. */
async function followEdits(session: Session, shop: ShopOrder, saleOrder: SaleOrder, lines: readonly PlannedLine[]): Promise<SaleOrder> {
  const { commands, delivered } = await lineChanges(session, saleOrder, lines)
  if (commands.length > 0 && delivered.length > 0) {
    const text = "The order was edited in the shop after a part of it had been delivered. Please compare the lines."
    await noteOnce(session, saleOrder, `${shop.order.id}, version ${String(shop.order.version)}`, text)
    return saleOrder
  }
  if (commands.length > 0) {
    await writeLines(session, saleOrder.id, commands)
  }
  if (commands.length === 0 && !isDraft(saleOrder)) {
    return saleOrder
  }
  return await guardTotals(session, shop, (await findSaleOrder(session, shop.order.id)) ?? saleOrder, lines)
}

/**
 * Brings the sale order of an order up to the order's present state: makes it where the order is told for the first time, confirms,
 * changes or cancels it, and tells of payments, refunds and returns. Each call looks at the present state of both sides, so that a
 * repeated or a late call does no harm.
 * @param isNew whether the order is told for the first time; an order that was there before the connection has no sale order
 * @returns the link to the sale order; null where there is none
 * @throws Hold, Refused, OdooError
 */
export async function tellOrder(session: Session, orderId: string, isNew: boolean): Promise<ReplyLink | null> {
  const read = await readShopOrder(session.container, orderId)
  const present = read === undefined ? undefined : await findSaleOrder(session, orderId)
  if (read === undefined || (present === undefined && (!isNew || read.order.status === "canceled"))) {
    return null
  }
  const shop = present === undefined ? read : { ...read, soldProducts: await productsIn(session, present) }
  requireCustomer(shop)
  if (present !== undefined && shop.order.status === "canceled") {
    await cancel(session, present)
    await settleMoney(session, shop, present, () => linesFor(session, shop))
    return linkTo(present)
  }
  if (present?.state === "cancel") {
    // a person has canceled it in Odoo
    return linkTo(present)
  }
  const lines = await linesFor(session, shop)
  const settled = await followEdits(session, shop, present ?? (await make(session, shop, lines)), lines)
  if (isDueForConfirmation(session, shop)) {
    await keepConfirmed(session, shop, settled)
  }
  await settleMoney(session, shop, settled, () => Promise.resolve(lines))
  await settleReturns(session, shop, settled, lines)
  return linkTo(settled)
}

async function make(session: Session, shop: ShopOrder, lines: readonly PlannedLine[]): Promise<SaleOrder> {
  await makeSaleOrder(session, shop, await partnersOf(session, shop), lines)
  const made = await findSaleOrder(session, shop.order.id)
  if (made === undefined) {
    throw Hold.untilMended("The sale order was made, and is not found by x_medusa_order_id. May the user read all sales documents?")
  }
  return made
}
