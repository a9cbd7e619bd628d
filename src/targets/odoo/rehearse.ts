import type { MedusaContainer } from "@medusajs/framework/types"

import type { OdooTax } from "../../connection/sales-taxes"
import { noConnection } from "../../connection/client"
import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { OdooError, type OdooRecord } from "../../odoo-client"
import type { Rehearsal } from "../../wire/answer-schemas/rehearsal"
import { WireError } from "../../wire/errors"
import { toWireAmount } from "../../wire/money"
import { collectHolds, Hold, type OnHold } from "./hold"
import { findPartner } from "./partner"
import type { PlannedLine } from "./plan-lines"
import { sumsOfLine, sumsOfLines } from "./planned-sums"
import type { OrderSums } from "./rounding-lines"
import { canMeetTotals, findSaleOrder, headFor, isDraft, lineChanges, linesFor, NO_PRODUCT, requireCurrency, shown, type SaleOrder } from "./sale-order"
import { newSessionOf, type Session } from "./session"
import { readShopOrders, type ShopOrder } from "./shop-order"
import { isDueForConfirmation, requireCustomer } from "./tell-order"
import { idIn, textOf } from "./values"

/** The part of a rehearsal that stands above its lines. */
type Head = Pick<Rehearsal, "customer" | "pricelist" | "reference" | "team" | "warehouse" | "payment_term">

type Named = { id: number; name: string }

const currencyOf = ({ order }: ShopOrder) => order.currency_code.toUpperCase()

const buyerOf = ({ customer }: ShopOrder) => (customer.name === "" ? customer.email : customer.name)

const isLinked = ({ customer }: ShopOrder, partner: OdooRecord) =>
  partner.id === customer.odooId || (customer.id !== null && partner.x_medusa_customer_id === customer.id)

async function customerFor(session: Session, shop: ShopOrder, onHold: OnHold): Promise<Rehearsal["customer"]> {
  const look = async () => {
    requireCustomer(shop)
    return await findPartner(session, shop.customer)
  }
  const partner = await onHold<OdooRecord | undefined | null>(look, null)
  return partner
    ? { partner_id: partner.id, name: textOf(partner.display_name), action: isLinked(shop, partner) ? "linked" : "found" }
    : { partner_id: null, name: buyerOf(shop), action: partner === null ? "held" : "would be made" }
}

async function pricelistFor({ lookups }: Session, shop: ShopOrder, onHold: OnHold): Promise<Rehearsal["pricelist"]> {
  const currency = currencyOf(shop)
  const found = await onHold<{ id: number } | { currencyId: number } | null>(() => lookups.findPricelist(currency), null)
  return found !== null && "id" in found
    ? { id: found.id, currency, action: "found" }
    : { id: null, currency, action: found === null ? "held" : "would be made" }
}

/** A record with the name that Odoo shows; null for none. */
async function named({ client }: Session, model: string, id: number | null): Promise<Named | null> {
  const [found] = id === null ? [] : await client.searchRead(model, { domain: [["id", "=", id]], fields: ["display_name"], limit: 1 })
  return found === undefined ? null : { id: found.id, name: textOf(found.display_name) }
}

/** The head that a sale order is made with. */
async function newHead(session: Session, shop: ShopOrder, onHold: OnHold): Promise<Head> {
  const { reference, team, warehouse, paymentTerm } = await headFor(session, shop, onHold)
  return {
    customer: await customerFor(session, shop, onHold),
    pricelist: await pricelistFor(session, shop, onHold),
    reference,
    team: await named(session, "crm.team", team),
    warehouse: await named(session, "stock.warehouse", warehouse),
    payment_term: await named(session, "account.payment.term", paymentTerm),
  }
}

/** A relation to one record, which Odoo writes as `[7, "Name"]`. */
function relation(value: unknown): Named | null {
  const id = idIn(value)
  return id === null ? null : { id, name: Array.isArray(value) ? textOf(value[1]) : "" }
}

/** The head of a sale order that is there: nothing of it is made or changed. */
async function presentHead({ client }: Session, { customer }: ShopOrder, { id, currency }: SaleOrder): Promise<Head> {
  // an Odoo without the app for stock has no warehouses
  const known = await client.fieldsOf("sale.order")
  const fields = ["partner_id", "pricelist_id", "client_order_ref", "team_id", "warehouse_id", "payment_term_id"].filter((field) => known.has(field))
  const [row] = await client.searchRead("sale.order", { domain: [["id", "=", id]], fields })
  const partner = relation(row?.partner_id)
  return {
    customer: { partner_id: partner?.id ?? null, name: partner?.name ?? "", action: partner?.id === customer.odooId ? "linked" : "found" },
    pricelist: { id: idIn(row?.pricelist_id), currency: currency.toUpperCase(), action: "found" },
    reference: textOf(row?.client_order_ref),
    team: relation(row?.team_id),
    warehouse: relation(row?.warehouse_id),
    payment_term: relation(row?.payment_term_id),
  }
}

/** What the lines come to; null where Odoo chooses the taxes, or lacks one. */
function plannedSums({ options }: Session, shop: ShopOrder, lines: readonly PlannedLine[], taxes: readonly OdooTax[]): OrderSums | null {
  const isKnown = !options.fiscalPositions && lines.every(({ missingRate }) => missingRate === undefined)
  return isKnown ? sumsOfLines(lines.map((line) => sumsOfLine(line, taxes, shop.order.currency_code))) : null
}

/** The sums that telling the order would look at; null where it would look at none, or where they show only in Odoo. */
async function sumsToCheck(session: Session, shop: ShopOrder, saleOrder: SaleOrder | undefined, lines: readonly PlannedLine[]): Promise<OrderSums | null> {
  const planned = plannedSums(session, shop, lines, await session.lookups.taxes())
  if (saleOrder === undefined) {
    return planned
  }
  const { commands, delivered } = await lineChanges(session, saleOrder, lines)
  if (commands.length === 0) {
    return isDraft(saleOrder) ? saleOrder.sums : null
  }
  return delivered.length > 0 ? null : planned
}

/** @throws Hold where the sale order would not have the order's totals */
async function requireTotals(session: Session, shop: ShopOrder, saleOrder: SaleOrder | undefined, lines: readonly PlannedLine[]): Promise<void> {
  const sums = await sumsToCheck(session, shop, saleOrder, lines)
  if (sums === null) {
    return
  }
  if (saleOrder !== undefined) {
    requireCurrency(shop, saleOrder)
  }
  if (!(await canMeetTotals(session, shop, sums, lines))) {
    throw Hold.forPerson(`The sale order would come to ${shown(sums)}, and the order comes to ${shown(shop.sums)} ${currencyOf(shop)}. It would stay a draft.`)
  }
}

/** The lines as a rehearsal shows them. */
async function shownLines({ lookups, options }: Session, { order }: ShopOrder, lines: readonly PlannedLine[]): Promise<Rehearsal["lines"]> {
  const taxes = await lookups.taxes()
  const products = await lookups.productsById([...new Set(lines.map(({ productId }) => productId))].filter((id) => id !== NO_PRODUCT))
  return lines.map((line) => {
    const sku = order.items.find(({ id }) => id === line.key)?.variant_sku
    const product = products.get(line.productId)
    const isKnown = !options.fiscalPositions && line.missingRate === undefined
    return {
      key: line.key,
      ...(sku ? { sku } : {}),
      name: line.name,
      product_id: product?.id ?? null,
      product_name: product?.name ?? null,
      quantity: line.quantity.toNumber(),
      price_unit: line.priceUnit.toNumber(),
      discount: line.discount.toNumber(),
      taxes: taxes.filter(({ id }) => line.taxIds.includes(id)).map(({ name }) => name),
      ...(isKnown ? { total: sumsOfLine(line, taxes, order.currency_code).total.toNumber() } : {}),
    }
  })
}

function shownOrder({ container }: Session, { order, sums }: ShopOrder): Rehearsal["order"] {
  const { amountUnit } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  const amount = (value: OrderSums["total"]) => toWireAmount(value, order.currency_code, amountUnit)
  return {
    id: order.id,
    display_id: order.display_id,
    total: amount(sums.total),
    tax_total: amount(sums.tax),
    currency_code: order.currency_code.toLowerCase(),
  }
}

/** The rehearsal of an order that is canceled in the shop and has no sale order: none is made. */
function nothingMade(session: Session, shop: ShopOrder): Rehearsal {
  return {
    order: shownOrder(session, shop),
    sale_order: null,
    customer: { partner_id: null, name: buyerOf(shop), action: "held" },
    pricelist: { id: null, currency: currencyOf(shop), action: "held" },
    reference: "",
    team: null,
    warehouse: null,
    payment_term: null,
    lines: [],
    confirmed: false,
    holds: ["The order is canceled in the shop. No sale order is made for it."],
  }
}

async function rehearseShopOrder(session: Session, shop: ShopOrder): Promise<Rehearsal> {
  const { holds, onHold } = collectHolds()
  const saleOrder = await onHold(() => findSaleOrder(session, shop.order.id), undefined)
  const isCanceled = shop.order.status === "canceled"
  if (isCanceled && saleOrder === undefined) {
    return nothingMade(session, shop)
  }
  const head = saleOrder === undefined ? await newHead(session, shop, onHold) : await presentHead(session, shop, saleOrder)
  await onHold(() => { requireCustomer(shop) }, undefined)
  // nothing is written into the lines of a sale order that is canceled, or about to be
  const isAtRest = isCanceled || saleOrder?.state === "cancel"
  const lines = isAtRest ? [] : await linesFor(session, shop, onHold)
  // the lines of a sale order are compared with what is known to be complete
  if (!isAtRest && (saleOrder === undefined || holds.length === 0)) {
    await onHold(() => requireTotals(session, shop, saleOrder, lines), undefined)
  }
  const isToConfirm = !isAtRest && (saleOrder === undefined || isDraft(saleOrder)) && isDueForConfirmation(session, shop)
  return {
    order: shownOrder(session, shop),
    sale_order: saleOrder === undefined ? null : { id: saleOrder.id, name: saleOrder.name, state: saleOrder.state },
    ...head,
    lines: await shownLines(session, shop, lines),
    confirmed: isToConfirm && holds.length === 0,
    holds,
  }
}

/**
 * Shows the sale order that an order would become, or how the one that it has would change, and all that would be held. Nothing is
 * written, neither in Odoo nor in the shop.
 * @throws WireError `NOT_FOUND` for an order that does not exist, `CONFLICT` where the options name no Odoo, `SYNC_FAILED` where Odoo does not answer
 */
export async function rehearseOrder(container: MedusaContainer, orderId: string): Promise<Rehearsal> {
  // a session of its own: what a person has just mended counts at once
  const session = newSessionOf(container)
  if (session === null) {
    throw noConnection()
  }
  try {
    const shop = await readShopOrders(container, orderId)
    if (shop === undefined) {
      throw new WireError("NOT_FOUND", "There is no such order.")
    }
    return await rehearseShopOrder(session, shop.ordered)
  } catch (error) {
    // what Odoo itself has said may speak of people
    throw error instanceof OdooError ? new WireError("SYNC_FAILED", error.message) : error
  } finally {
    session.client.close()
  }
}
