import { Modules } from "@medusajs/framework/utils"
import { BigNumber } from "bignumber.js"

import { externalId, type ServiceName } from "../../connection/needs"
import { toAmount, type Amount } from "../../wire/money"
import { breakOff, Hold, type OnHold } from "./hold"
import type { Cell } from "./load-record"
import { loadWithLines } from "./load-record"
import { planLines, type PlannedLine } from "./plan-lines"
import { comesFromRounding, ROUNDING, roundingLines, type OrderSums } from "./rounding-lines"
import type { Session } from "./session"
import type { ShopOrder } from "./shop-order"
import { idIn, idsIn, recordId, textOf } from "./values"

/** A sale order as Odoo has it. */
export type SaleOrder = {
  model: "sale.order"
  id: number
  name: string
  /** `draft`, `sent`, `sale`, `done`, `cancel` */
  state: string
  /** when it was ordered, as Odoo writes times */
  date: string
  sums: OrderSums
  /** such as `KWD` */
  currency: string
}

/** A line of a sale order as Odoo has it. */
type SaleLine = {
  id: number
  key: string
  productId: number | null
  quantity: Amount
  priceUnit: Amount
  discount: Amount
  taxIds: number[]
  delivered: Amount
}

/** How many times the difference of rounding is settled: Odoo rounds the sum of all taxes, which one more line can shift. */
const MAX_CORRECTIONS = 5

/** How many SKUs a hold names. */
const MAX_NAMED = 10

/** Stands for a product that Odoo lacks, where its hold does not break off. */
export const NO_PRODUCT = 0

const numberOf = (value: unknown): Amount => (typeof value === "number" ? toAmount(value) : new BigNumber(0))

/** The field for the taxes of a line: `tax_id` up to Odoo 18. */
const taxField = async ({ lookups }: Session) => ((await lookups.hasField("sale.order.line", "tax_ids")) ? "tax_ids" : "tax_id")

/** Whether a sale order is not confirmed yet. */
export const isDraft = ({ state }: SaleOrder) => state === "draft" || state === "sent"

/** Finds the sale order of an order, or of one of its exchanges and claims, also a canceled or archived one. */
export async function findSaleOrder(session: Session, orderId: string): Promise<SaleOrder | undefined> {
  await session.lookups.requireField("sale.order", "x_medusa_order_id")
  const [found] = await session.client.searchRead("sale.order", {
    domain: [["x_medusa_order_id", "=", orderId]],
    fields: ["name", "state", "date_order", "amount_total", "amount_tax", "currency_id"],
    order: "id",
    limit: 1,
  })
  return (
    found && {
      model: "sale.order",
      id: found.id,
      name: textOf(found.name),
      state: textOf(found.state),
      date: textOf(found.date_order),
      sums: { total: numberOf(found.amount_total), tax: numberOf(found.amount_tax) },
      currency: Array.isArray(found.currency_id) ? textOf(found.currency_id[1]) : "",
    }
  )
}

async function readLines(session: Session, orderId: number): Promise<SaleLine[]> {
  const taxes = await taxField(session)
  const rows = await session.client.searchRead("sale.order.line", {
    domain: [["order_id", "=", orderId], ["x_medusa_line_id", "!=", false]],
    fields: ["x_medusa_line_id", "product_id", "product_uom_qty", "price_unit", "discount", taxes, "qty_delivered"],
    order: "id",
  })
  return rows.map((row) => ({
    id: row.id,
    key: textOf(row.x_medusa_line_id),
    productId: idIn(row.product_id),
    quantity: numberOf(row.product_uom_qty),
    priceUnit: numberOf(row.price_unit),
    discount: numberOf(row.discount),
    taxIds: idsIn(row[taxes]),
    delivered: numberOf(row.qty_delivered),
  }))
}

/** The products of the lines that a sale order has already, by the shop's names of the lines. */
export async function productsIn(session: Session, saleOrder: SaleOrder): Promise<ReadonlyMap<string, number>> {
  const lines = await readLines(session, saleOrder.id)
  return new Map(lines.flatMap(({ key, productId }) => (productId === null ? [] : [[key, productId] as const])))
}

/** Odoo's product of each line: by SKU, then by the link that the product of the shop names. Lines without one are named. */
async function productsOf(session: Session, { order, soldProducts }: ShopOrder): Promise<{ productOf: Map<string, number>; unknown: string[] }> {
  // what was sold stays what it is, also where its code has changed since, or it is archived
  const items = order.items.filter(({ id, quantity }) => !toAmount(quantity).isZero() && !soldProducts.has(id))
  const linkOf = (item: (typeof items)[number]) => recordId(item.variant?.metadata?.odoo_id ?? item.variant?.product?.metadata?.odoo_id)
  const skus = [...new Set(items.flatMap(({ variant_sku: sku }) => (sku ? [sku] : [])))]
  const bySku = await session.lookups.products(skus)
  const rest = items.filter(({ variant_sku: sku }) => !sku || !bySku.has(sku))
  const byLink = await session.lookups.productsById(rest.map(linkOf).filter((id) => id !== null))
  const productOf = new Map(soldProducts)
  const unknown: string[] = []
  for (const item of items) {
    const product = bySku.get(item.variant_sku ?? "")?.id ?? byLink.get(linkOf(item) ?? 0)?.id
    if (product !== undefined) {
      productOf.set(item.id, product)
    } else {
      unknown.push(item.variant_sku || `"${item.product_title ?? item.title ?? ""}" (without a SKU)`)
    }
  }
  return { productOf, unknown }
}

/**
 * The product in the place of those that Odoo lacks.
 * @throws Hold unless the options want a placeholder
 */
async function placeholderFor({ lookups, options }: Session, unknown: readonly string[]): Promise<number> {
  if (options.unknownSku === "hold") {
    const named = [...new Set(unknown)].slice(0, MAX_NAMED).join(", ")
    throw Hold.untilMended(
      `Odoo has no product for ${named}${unknown.length > MAX_NAMED ? " and others" : ""}. The order goes by itself once there are products with these codes.`
    )
  }
  return await lookups.service("placeholder")
}

/**
 * Odoo's product of each line of an order.
 * @throws Hold where Odoo lacks one, unless the options want a placeholder
 */
async function knownProducts(session: Session, shop: ShopOrder, onHold: OnHold = breakOff): Promise<Map<string, number>> {
  const { productOf, unknown } = await productsOf(session, shop)
  if (unknown.length === 0) {
    return productOf
  }
  const placeholder = await onHold(() => placeholderFor(session, unknown), NO_PRODUCT)
  return new Map(shop.order.items.map(({ id }) => [id, productOf.get(id) ?? placeholder]))
}

function refuseRate(rate: string): void {
  throw Hold.untilMended(`Odoo has no sales tax of ${rate} %. Make one in Accounting, Configuration, Taxes.`)
}

/**
 * The lines that the sale order of an order has to have.
 * @throws Hold where Odoo lacks a product, a tax or a field
 */
export async function linesFor(session: Session, shop: ShopOrder, onHold: OnHold = breakOff): Promise<PlannedLine[]> {
  const { lookups, options } = session
  await onHold(() => lookups.requireField("sale.order.line", "x_medusa_line_id"), undefined)
  const productOf = await knownProducts(session, shop, onHold)
  const service = async (name: ServiceName) => await onHold(() => lookups.service(name), NO_PRODUCT)
  const services = {
    shipping: shop.order.shipping_methods.length === 0 ? NO_PRODUCT : await service("shipping"),
    discount: await service("discount"),
    credit: await service("credit"),
  }
  const lines = planLines(shop.order, { productOf, services, taxes: await lookups.taxes(), discounts: options.discounts, leavesTaxes: options.fiscalPositions })
  for (const { missingRate: rate } of lines) {
    if (rate !== undefined) {
      await onHold(() => { refuseRate(rate) }, undefined)
    }
  }
  return lines
}

/** The fields of a line that are the same by Odoo's import and in a command. */
const textsOfLine = async ({ lookups }: Session, { key, name, isDelivery }: PlannedLine) => ({
  x_medusa_line_id: key,
  name,
  ...(isDelivery && (await lookups.hasField("sale.order.line", "is_delivery")) ? { is_delivery: true } : {}),
})

/** The columns of a line for Odoo's import. */
async function cellsOfLine(session: Session, line: PlannedLine): Promise<Record<string, Cell>> {
  return {
    ...(await textsOfLine(session, line)),
    "product_id/.id": line.productId,
    product_uom_qty: line.quantity.toFixed(),
    price_unit: line.priceUnit.toFixed(),
    discount: line.discount.toFixed(),
    ...(session.options.fiscalPositions ? {} : { [`${await taxField(session)}/.id`]: line.taxIds }),
  }
}

/** The values of a line for a command. */
async function valuesOfLine(session: Session, line: PlannedLine): Promise<Record<string, unknown>> {
  return {
    ...(await textsOfLine(session, line)),
    product_id: line.productId,
    product_uom_qty: line.quantity.toNumber(),
    price_unit: line.priceUnit.toNumber(),
    discount: line.discount.toNumber(),
    ...(session.options.fiscalPositions ? {} : { [await taxField(session)]: [[6, 0, line.taxIds]] }),
  }
}

const referenceOf = (template: string, { order: { id, display_id: displayId }, replacement }: ShopOrder) =>
  [template.replaceAll("{display_id}", String(displayId)).replaceAll("{id}", id), ...(replacement === null ? [] : [replacement])].join(" ")

/** The name or id that the options give a sales channel or a stock location of the shop. */
const optionFor = (mapped: Readonly<Record<string, string>>, { id, name }: { id: string; name: string }) =>
  Object.entries(mapped).find(([key]) => key === id || key.toLowerCase() === name.toLowerCase())?.[1]

async function teamOf({ lookups, options }: Session, { salesChannel }: ShopOrder): Promise<number | null> {
  const team = salesChannel === null ? undefined : optionFor(options.salesTeams, salesChannel)
  return team === undefined ? null : await lookups.named("crm.team", team, "odoo.salesTeams")
}

/** The warehouse that the first of the order's stock locations is mapped to; null leaves the choice to Odoo. */
async function warehouseOf({ lookups, options, container }: Session, { locationIds }: ShopOrder): Promise<number | null> {
  const [locationId] = locationIds
  if (locationId === undefined || Object.keys(options.locations).length === 0) {
    return null
  }
  const [location] = await container.resolve(Modules.STOCK_LOCATION).listStockLocations({ id: locationId }, { select: ["id", "name"] })
  const named = Object.entries(options.locations).find(([, shop]) => shop === locationId || shop.toLowerCase() === location?.name.toLowerCase())
  return named === undefined ? null : await lookups.warehouse(named[0])
}

/** What the head of a sale order has by the options, beside partners and pricelist; null leaves the choice to Odoo. */
export type SaleOrderHead = { reference: string; team: number | null; warehouse: number | null; paymentTerm: number | null }

/**
 * The head that the sale order of an order has to have.
 * @throws Hold where Odoo lacks what the options name
 */
export async function headFor(session: Session, shop: ShopOrder, onHold: OnHold = breakOff): Promise<SaleOrderHead> {
  const { lookups, options } = session
  const { paymentTerm: term } = options
  return {
    reference: referenceOf(options.orderReference, shop),
    team: await onHold(() => teamOf(session, shop), null),
    warehouse: await onHold(() => warehouseOf(session, shop), null),
    paymentTerm: term === undefined ? null : await onHold<number | null>(() => lookups.named("account.payment.term", term, "odoo.paymentTerm"), null),
  }
}

/** The time as Odoo writes times: UTC, without a zone. */
export const odooTime = (time: Date | string) => new Date(time).toISOString().slice(0, 19).replace("T", " ")

/** The partners of a sale order. */
export type Partners = { customer: number; invoice: number; delivery: number }

/**
 * Makes the sale order of an order, as a draft. A repetition finds what an earlier one has made.
 * @param origin what the sale order comes from
 * @throws Hold, Refused, OdooError
 */
export async function makeSaleOrder(session: Session, shop: ShopOrder, origin: string, partners: Partners, lines: readonly PlannedLine[]): Promise<number> {
  const { client, lookups, options } = session
  const { order } = shop
  const { reference, team, warehouse, paymentTerm: term } = await headFor(session, shop)
  const note = order.metadata?.note
  const name = (key: string) => externalId(order.id, key)
  return await loadWithLines(client, "sale.order", externalId(order.id), {
    values: {
      "partner_id/.id": partners.customer,
      "partner_invoice_id/.id": partners.invoice,
      "partner_shipping_id/.id": partners.delivery,
      "pricelist_id/.id": await lookups.pricelist(order.currency_code),
      x_medusa_order_id: order.id,
      client_order_ref: reference,
      origin,
      date_order: odooTime(order.created_at),
      ...(options.companyId === undefined ? {} : { "company_id/.id": options.companyId }),
      ...(team === null ? {} : { "team_id/.id": team }),
      ...(warehouse === null ? {} : { "warehouse_id/.id": warehouse }),
      ...(term === null ? {} : { "payment_term_id/.id": term }),
      ...(typeof note === "string" && note.trim() !== "" ? { note } : {}),
    },
    lines: {
      field: "order_line",
      rows: await Promise.all(lines.map(async (line) => ({ id: name(line.key), ...(await cellsOfLine(session, line)) }))),
    },
  })
}

const isSameLine = (present: SaleLine, wanted: PlannedLine, leavesTaxes: boolean) =>
  present.productId === wanted.productId &&
  present.quantity.isEqualTo(wanted.quantity) &&
  present.priceUnit.minus(wanted.priceUnit).abs().isLessThan("0.000001") &&
  present.discount.isEqualTo(wanted.discount) &&
  (leavesTaxes || [...present.taxIds].sort().join() === [...wanted.taxIds].sort().join())

type Command = readonly unknown[]

/** What has to happen to the lines of a sale order so that they become the wanted ones. */
export type LineChanges = {
  commands: Command[]
  /** the lines that have been delivered, at least in part, and would change */
  delivered: string[]
}

/**
 * Compares the lines that the shop has made with the wanted ones. Lines that a person has added in Odoo are not touched. A line that is
 * no longer wanted is removed from a draft; of a confirmed order, Odoo keeps it with a quantity of 0.
 */
export async function lineChanges(session: Session, saleOrder: SaleOrder, wanted: readonly PlannedLine[]): Promise<LineChanges> {
  const present = await readLines(session, saleOrder.id)
  const isOpen = isDraft(saleOrder)
  const leavesTaxes = session.options.fiscalPositions
  const commands: Command[] = []
  const delivered: string[] = []
  const change = (line: SaleLine, command: Command) => {
    commands.push(command)
    if (!line.delivered.isZero()) {
      delivered.push(line.key)
    }
  }
  const real = present.filter(({ key }) => !key.startsWith(ROUNDING))
  for (const line of real.filter(({ key }) => !wanted.some((each) => each.key === key))) {
    if (isOpen) {
      change(line, [2, line.id])
    } else if (!line.quantity.isZero()) {
      change(line, [1, line.id, { product_uom_qty: 0 }])
    }
  }
  for (const line of wanted) {
    const same = real.find(({ key }) => key === line.key)
    if (same === undefined) {
      commands.push([0, 0, await valuesOfLine(session, line)])
    } else if (!isSameLine(same, line, leavesTaxes)) {
      change(same, [1, same.id, await valuesOfLine(session, line)])
    }
  }
  if (commands.length > 0) {
    // the difference of rounding is another one afterwards
    commands.push(
      ...present.filter(({ key }) => key.startsWith(ROUNDING)).map(({ id }) => (isOpen ? [2, id] : [1, id, { product_uom_qty: 0, x_medusa_line_id: false }]))
    )
  }
  return { commands, delivered }
}

/** Writes changes of lines into a sale order. */
export async function writeLines({ client }: Session, saleOrderId: number, commands: readonly Command[]): Promise<void> {
  await client.call("sale.order", "write", { ids: [saleOrderId], vals: { order_line: commands } })
}

const isEqual = (one: OrderSums, other: OrderSums) => one.total.isEqualTo(other.total) && one.tax.isEqualTo(other.tax)

/** The lines that settle the difference between the order's sums and a sale order's; null where it does not come from rounding. */
async function correctionsFor({ lookups }: Session, shop: ShopOrder, sums: OrderSums, lines: readonly PlannedLine[], step = 1): Promise<PlannedLine[] | null> {
  const currency = shop.order.currency_code
  if (!comesFromRounding(shop.sums, sums, lines.length, currency)) {
    return null
  }
  const used = new Set(lines.flatMap(({ taxIds }) => taxIds))
  // the highest rate needs the smallest price
  const [tax] = (await lookups.taxes()).filter(({ id }) => used.has(id)).sort((a, b) => Number(b.rate) - Number(a.rate))
  return roundingLines(shop.sums, sums, tax, await lookups.service("rounding"), currency, step)
}

/** Adds lines that settle the difference of rounding; an earlier such line takes the new price. */
async function correct(session: Session, shop: ShopOrder, saleOrder: SaleOrder, lines: readonly PlannedLine[], step: number): Promise<boolean> {
  const corrections = await correctionsFor(session, shop, saleOrder.sums, lines, step)
  if (corrections === null || corrections.length === 0) {
    return false
  }
  const present = (await readLines(session, saleOrder.id)).filter(({ key }) => key.startsWith(ROUNDING))
  const commands = await Promise.all(
    corrections.map(async (line): Promise<Command> => {
      const same = present.find(({ key, taxIds }) => key === line.key && taxIds.join() === line.taxIds.join())
      return same === undefined
        ? [0, 0, await valuesOfLine(session, line)]
        : [1, same.id, { price_unit: same.priceUnit.plus(line.priceUnit).toNumber() }]
    })
  )
  await writeLines(session, saleOrder.id, commands)
  return true
}

/** Whether sums are the order's, within the tolerance of the options. */
function isWithinTolerance({ options }: Session, shop: ShopOrder, sums: OrderSums): boolean {
  const differs = (one: Amount, other: Amount) => one.minus(other).abs().isGreaterThan(options.totalTolerance)
  return !differs(shop.sums.total, sums.total) && !differs(shop.sums.tax, sums.tax)
}

/** Whether a sale order with these sums comes to the order's, by itself or by lines that settle the difference of rounding. */
export const canMeetTotals = async (session: Session, shop: ShopOrder, sums: OrderSums, lines: readonly PlannedLine[]): Promise<boolean> =>
  isWithinTolerance(session, shop, sums) || (await correctionsFor(session, shop, sums, lines)) !== null

/**
 * Makes sure that a sale order has the order's currency.
 * @throws Hold for a person where it has not
 */
export function requireCurrency({ order }: ShopOrder, { name, currency }: SaleOrder): void {
  if (currency.toUpperCase() !== order.currency_code.toUpperCase()) {
    throw Hold.forPerson(`The sale order ${name} is in ${currency}, and the order in ${order.currency_code.toUpperCase()}. It stays a draft.`)
  }
}

/** Sums as a hold shows them. */
export const shown = ({ total, tax }: OrderSums) => `${total.toFixed()} with ${tax.toFixed()} tax`

/**
 * Makes sure that the sale order has the order's total, tax and currency, to the minor unit or within the tolerance of the options. A
 * difference that comes from Odoo's way of rounding is settled first.
 * @throws Hold for a person, with the sums of both
 */
export async function guardTotals(session: Session, shop: ShopOrder, saleOrder: SaleOrder, lines: readonly PlannedLine[]): Promise<SaleOrder> {
  requireCurrency(shop, saleOrder)
  let present = saleOrder
  for (let tries = 0; tries < MAX_CORRECTIONS && !isEqual(shop.sums, present.sums); tries += 1) {
    if (!(await correct(session, shop, present, lines, tries === 0 ? 1 : 0.5))) {
      break
    }
    present = (await findSaleOrder(session, shop.order.id)) ?? present
  }
  if (!isWithinTolerance(session, shop, present.sums)) {
    const currency = shop.order.currency_code.toUpperCase()
    throw Hold.forPerson(
      `The sale order ${present.name} comes to ${shown(present.sums)}, and the order to ${shown(shop.sums)} ${currency}. ${await differingLines(session, present, lines)}It stays a draft.`
    )
  }
  return present
}

/** Names the lines that Odoo has otherwise than they were written. */
async function differingLines(session: Session, saleOrder: SaleOrder, lines: readonly PlannedLine[]): Promise<string> {
  const present = new Map((await readLines(session, saleOrder.id)).map((line) => [line.key, line]))
  const differing = lines.filter((line) => {
    const same = present.get(line.key)
    return same === undefined || !isSameLine(same, line, session.options.fiscalPositions)
  })
  return differing.length === 0 ? "" : `Odoo has changed the lines ${differing.slice(0, MAX_NAMED).map(({ name }) => `"${name}"`).join(", ")}. `
}
