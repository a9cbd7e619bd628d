import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { readWholeOrder, type WholeOrder } from "../../queries/read-orders"
import { roundToCurrency, toAmount, type Amount } from "../../wire/money"
import { roundedOrderAmounts, type OrderAmounts } from "../../wire/rounded-amounts"
import { personName } from "./partner-values"
import type { ShopCustomer } from "./partner"
import { partOrder, readReplacements } from "./replacements"
import type { OrderSums } from "./rounding-lines"
import { recordId } from "./values"

/** What becomes one sale order: what was ordered, or what an exchange or a claim of an order sends. */
export type ShopOrder = {
  /** the order; for an exchange or a claim it has that one's id, time and status, and the lines that it sends */
  order: WholeOrder
  /** such as `exchange 1`; null for what was ordered */
  replacement: string | null
  /** the totals that the sale order must have */
  sums: OrderSums
  customer: ShopCustomer
  salesChannel: { id: string; name: string } | null
  /** the stock locations that its lines are reserved at */
  locationIds: string[]
  /** Odoo's products of the lines that the sale order has already */
  soldProducts: ReadonlyMap<string, number>
}

/** An order as the direct connection tells it. */
export type ShopOrders = {
  ordered: ShopOrder
  /** what its exchanges and claims send */
  further: ShopOrder[]
}

const textIn = (metadata: Record<string, unknown> | null | undefined, ...names: readonly string[]) =>
  names.map((name) => metadata?.[name]).find((value) => typeof value === "string" && value.trim() !== "") as string | undefined

/** The members of metadata under which shops keep what Medusa has no field for. */
export const vatIn = (metadata: Record<string, unknown> | null | undefined) => textIn(metadata, "vat", "vat_number", "tax_id")?.trim() ?? ""
export const localeIn = (metadata: Record<string, unknown> | null | undefined) => textIn(metadata, "locale", "lang", "language")?.trim() ?? ""

type Extra = {
  sales_channel?: { id: string; name: string } | null
  customer?: { company_name?: string | null; metadata?: Record<string, unknown> | null } | null
  billing_address?: { metadata?: Record<string, unknown> | null } | null
}

async function readExtra(container: MedusaContainer, id: string): Promise<Extra> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: ["id", "sales_channel.id", "sales_channel.name", "customer.company_name", "customer.metadata", "billing_address.metadata"],
    filters: { id },
  })
  return (data[0] ?? {}) as Extra
}

function customerOf(order: WholeOrder, extra: Extra, odooId: string | null): ShopCustomer {
  const { customer, shipping_address: shipping, billing_address: billing } = order
  const name = [customer, billing, shipping].map((person) => (person ? personName(person) : "")).find((each) => each !== "")
  return {
    id: customer?.id ?? null,
    email: (customer?.email ?? order.email ?? "").trim().toLowerCase(),
    name: name ?? "",
    phone: customer?.phone ?? billing?.phone ?? shipping?.phone ?? "",
    company: (extra.customer?.company_name ?? billing?.company ?? "").trim(),
    vat: vatIn(extra.customer?.metadata) || vatIn(extra.billing_address?.metadata) || vatIn(order.metadata),
    locale: localeIn(extra.customer?.metadata) || localeIn(order.metadata),
    odooId: recordId(odooId),
  }
}

/** The exchanges and claims of an order; each makes another version of the order. */
const replacementsOf = async (container: MedusaContainer, { id, version }: WholeOrder) => (version > 1 ? await readReplacements(container, id) : [])

function sumsOf(order: OrderAmounts): OrderSums {
  const { total, tax } = roundedOrderAmounts(order)
  return { total, tax }
}

/**
 * The totals of what exchanges and claims send. Each is rounded together with all before it, so that the totals of all sale orders come
 * to the total of the order.
 * @param ordered what was ordered
 * @param sent what each exchange or claim sends, in a fixed order
 */
export function furtherSums(ordered: OrderAmounts, sent: readonly OrderAmounts[]): OrderSums[] {
  const round = (amount: Amount) => roundToCurrency(amount, ordered.currency_code)
  let sum = toAmount(ordered.total)
  return sent.map((part) => {
    const before = round(sum)
    sum = sum.plus(toAmount(part.total))
    return { total: round(sum).minus(before), tax: sumsOf(part).tax }
  })
}

/**
 * Reads an order for the direct connection.
 * @returns undefined for an order that is gone
 */
export async function readShopOrders(container: MedusaContainer, id: string): Promise<ShopOrders | undefined> {
  const order = await readWholeOrder(container, id)
  if (order === undefined) {
    return undefined
  }
  const extra = await readExtra(container, id)
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const customerId = order.customer?.id ?? null
  const link = customerId === null ? undefined : (await odoo.links.of("customer", [customerId])).get(customerId)
  const lineIds = order.items.map((item) => item.id)
  const reservations = lineIds.length === 0 ? [] : await container.resolve(Modules.INVENTORY).listReservationItems({ line_item_id: lineIds }, { select: ["line_item_id", "location_id"] })
  const locationsOf = ({ items }: WholeOrder) => {
    const ids = new Set(items.map((item) => item.id))
    return [...new Set(reservations.flatMap(({ line_item_id: line, location_id: location }) => (ids.has(line ?? "") ? location : [])))]
  }
  const shared = {
    customer: customerOf(order, extra, link?.odoo_id ?? null),
    salesChannel: extra.sales_channel ?? null,
    soldProducts: new Map(),
  }
  const { ordered, sent } = partOrder(order, await replacementsOf(container, order))
  const sums = furtherSums(ordered, sent.map(({ order: part }) => part))
  const shopOrder = (part: WholeOrder, replacement: string | null, itsSums = sumsOf(part)) => ({
    ...shared, order: part, replacement, sums: itsSums, locationIds: locationsOf(part),
  })
  return {
    ordered: shopOrder(ordered, null),
    further: sent.map(({ title, order: part }, index) => shopOrder(part, title, sums[index])),
  }
}
