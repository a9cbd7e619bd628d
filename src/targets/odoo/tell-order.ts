import type { ReplyLink } from "../../wire/reply"
import { Hold } from "./hold"
import { addressPartner, keepPartner } from "./partner"
import { settleMoney } from "./money"
import { noteOnce } from "./note-once"
import type { PlannedLine } from "./plan-lines"
import { settleReturns } from "./returns"
import { findSaleOrder, guardTotals, isDraft, lineChanges, linesFor, makeSaleOrder, odooTime, productsIn, writeLines, type Partners, type SaleOrder } from "./sale-order"
import type { Session } from "./session"
import { readShopOrders, type ShopOrder } from "./shop-order"

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

async function make(session: Session, shop: ShopOrder, origin: string, lines: readonly PlannedLine[]): Promise<SaleOrder> {
  await makeSaleOrder(session, shop, origin, await partnersOf(session, shop), lines)
  const made = await findSaleOrder(session, shop.order.id)
  if (made === undefined) {
    throw Hold.untilMended("The sale order was made, and is not found by x_medusa_order_id. May the user read all sales documents?")
  }
  return made
}

/** A sale order that was brought up to the present state; without lines where it is canceled, and its lines are nobody's business. */
type Kept = { saleOrder: SaleOrder; shop: ShopOrder; lines: PlannedLine[] | null }

/**
 * Brings one sale order up to what it has to be: makes, changes, confirms or cancels it.
 * @param found what Odoo has of it
 * @param origin what a new sale order comes from
 * @returns null where there is none and none is needed
 */
async function keepSaleOrder(session: Session, read: ShopOrder, found: SaleOrder | undefined, origin: string): Promise<Kept | null> {
  const shop = found === undefined ? read : { ...read, soldProducts: await productsIn(session, found) }
  if (shop.order.status === "canceled") {
    if (found !== undefined) {
      await cancel(session, found)
    }
    return found === undefined ? null : { saleOrder: found, shop, lines: null }
  }
  if (found === undefined && shop.replacement !== null && shop.order.items.length + shop.order.shipping_methods.length === 0) {
    // Medusa is about to make the exchange or claim
    return null
  }
  if (found?.state === "cancel") {
    // a person has canceled it in Odoo
    return { saleOrder: found, shop, lines: null }
  }
  const lines = await linesFor(session, shop)
  const saleOrder = await followEdits(session, shop, found ?? (await make(session, shop, origin, lines)), lines)
  if (isDueForConfirmation(session, shop)) {
    await keepConfirmed(session, shop, saleOrder)
  }
  return { saleOrder, shop, lines }
}

/** Brings the sale order of what an exchange or a claim sends up to its present state, and names it at the order's own one. */
async function keepFurther(session: Session, orderId: string, further: ShopOrder, found: SaleOrder | undefined, first: SaleOrder): Promise<void> {
  const kept = await keepSaleOrder(session, further, found, first.name)
  if (kept === null) {
    return
  }
  await noteOnce(session, first, further.order.id, `${kept.saleOrder.name} sends the goods of ${String(further.replacement)} of the shop.`)
  if (kept.lines !== null) {
    await settleReturns(session, orderId, kept.shop, kept.saleOrder, kept.lines)
  }
}

/**
 * Brings the sale orders of an order up to the order's present state: makes the first one where the order is told for the first time, and
 * a further one for what each exchange or claim sends, confirms, changes or cancels them, and tells of payments, refunds and returns.
 * Each call looks at the present state of both sides, so that a repeated or a late call does no harm.
 * @param isNew whether the order is told for the first time; an order that was there before the connection has no sale order
 * @returns the link to the first sale order; null where there is none
 * @throws Hold, Refused, OdooError
 */
export async function tellOrder(session: Session, orderId: string, isNew: boolean): Promise<ReplyLink | null> {
  const read = await readShopOrders(session.container, orderId)
  const present = read === undefined ? undefined : await findSaleOrder(session, orderId)
  if (read === undefined || (present === undefined && (!isNew || read.ordered.order.status === "canceled"))) {
    return null
  }
  const { ordered, further } = read
  requireCustomer(ordered)
  const first = await keepSaleOrder(session, ordered, present, `Medusa #${String(ordered.order.display_id)}`)
  if (first === null) {
    return null
  }
  const { saleOrder, shop, lines } = first
  if (lines === null && shop.order.status !== "canceled") {
    return linkTo(saleOrder)
  }
  const found = await Promise.all(further.map(({ order }) => findSaleOrder(session, order.id)))
  await settleMoney(session, shop, saleOrder, found.filter((one) => one !== undefined), async () => lines ?? (await linesFor(session, shop)))
  if (lines !== null) {
    await settleReturns(session, orderId, shop, saleOrder, lines)
  }
  // last, so that goods that Odoo lacks hold up nothing else of the order, nor another exchange or claim
  const holds: Hold[] = []
  for (const [index, one] of further.entries()) {
    try {
      await keepFurther(session, orderId, one, found[index], saleOrder)
    } catch (error) {
      if (!(error instanceof Hold)) {
        throw error
      }
      holds.push(error)
    }
  }
  if (holds[0] !== undefined) {
    throw holds[0]
  }
  return linkTo(saleOrder)
}
