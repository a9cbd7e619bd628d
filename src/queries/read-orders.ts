import type { MedusaContainer } from "@medusajs/framework/types"
import { BigNumber } from "bignumber.js"
import { ContainerRegistrationKeys, defaultCurrencies, getEpsilonFromDecimalPrecision } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { selectOrderStatuses } from "../read-model/orders/select-order-statuses"
import { selectOrders, type OrderRow } from "../read-model/orders/select-orders"
import { pickInOrder } from "../utils/pick-in-order"
import { WireError } from "../wire/errors"
import type { OrderStatuses } from "../wire/events"
import { sumOf, toAmount, type Amount } from "../wire/money"
import { orderDetail, type OrderDetail } from "../wire/order-detail"
import { orderDocument, type OrderDocument } from "../wire/order-document"
import { orderTotals } from "../wire/order-totals"
import { derivedStatuses } from "./derived-statuses"

/** The sum up to which Medusa treats the credits of an order as 0, by Medusa's own list of currencies, which differs from ISO 4217. */
const negligible = (currencyCode: string) =>
  toAmount(getEpsilonFromDecimalPrecision(defaultCurrencies[currencyCode.toUpperCase()]?.decimal_digits))

/** The order with the totals and statuses that Medusa does not store. */
const calculated = (order: OrderRow) => ({
  ...order,
  ...orderTotals(order, negligible(order.currency_code)),
  ...derivedStatuses(order),
})

async function readRows(container: MedusaContainer, ids: readonly string[], withDetail: boolean): Promise<OrderRow[]> {
  return ids.length === 0 ? [] : await selectOrders(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), ids, withDetail)
}

const amountUnit = (container: MedusaContainer) => container.resolve<OdooModuleService>(ODOO_MODULE).options.amountUnit

/**
 * Reads orders as a list shows them, in one statement.
 * @param ids Medusa's ids; one that does not exist is left out
 * @returns documents in the order of `ids`
 */
export async function readOrders(container: MedusaContainer, ids: readonly string[]): Promise<OrderDocument[]> {
  const unit = amountUnit(container)
  const rows = await readRows(container, ids, false)
  return pickInOrder(ids, rows.map((row) => orderDocument(calculated(row), row.link, unit)))
}

/**
 * Reads one order with its payments, fulfillments and refunds.
 * @param id Medusa's id
 * @throws WireError `NOT_FOUND`
 */
export async function readOrder(container: MedusaContainer, id: string): Promise<OrderDetail> {
  const [row] = await readRows(container, [id], true)
  if (row === undefined) {
    throw new WireError("NOT_FOUND", "There is no such order.")
  }
  return orderDetail(calculated(row), row.link, amountUnit(container))
}

const ORDERED = { return_received_quantity: "0", return_dismissed_quantity: "0" }

/**
 * The credits of an order, without those by which Medusa deducts a refund from the order's total: in Odoo, a refund is a credit note.
 * Medusa makes such a credit only where the shop owes nothing, and does not store which refund it belongs to.
 */
function creditsBesideRefunds({ credits, first_credits: first = [], payment_collections: collections }: OrderRow): Amount {
  const refunds = collections.flatMap(({ payments }) => payments ?? []).flatMap((payment) => payment.refunds ?? [])
  const later = BigNumber.max(0, sumOf(credits).minus(sumOf(first)))
  return sumOf(credits).minus(BigNumber.min(later, sumOf(refunds.map(({ amount }) => amount))))
}

/** An order as it was ordered, with all its stored data. Returned pieces count, as in Odoo's sale order. */
export type WholeOrder = ReturnType<typeof calculated>

/**
 * Reads one order with its payments, fulfillments, refunds and credits, in amounts of the major unit with all their digits.
 * @param id Medusa's id
 * @returns undefined for an order that does not exist
 */
export async function readWholeOrder(container: MedusaContainer, id: string): Promise<WholeOrder | undefined> {
  const [row] = await readRows(container, [id], true)
  return row && calculated({ ...row, credits: [creditsBesideRefunds(row).toFixed()], items: row.items.map((item) => ({ ...item, detail: { ...item.detail, ...ORDERED } })) })
}

/** An order with other lines, shipping methods and credits, and the totals of these. */
export const withParts = (order: WholeOrder, parts: Pick<WholeOrder, "items" | "shipping_methods" | "credits">): WholeOrder => ({
  ...order,
  ...orderTotals({ ...order, ...parts }, negligible(order.currency_code)),
  credits: parts.credits,
})

/** An order in short: its statuses, as in `order.status_updated`, and a text that differs after any other change. */
export type OrderInShort = OrderStatuses & { id: string; display_id: number; revision: string }

/** A text that differs after a change of an order's lines, shipping methods, returns, credits, captured or refunded amounts. */
function revisionOf({ version, payment_collections: collections }: Pick<OrderRow, "version" | "payment_collections">): string {
  return [
    String(version),
    sumOf(collections.map(({ captured_amount: captured }) => captured)).toFixed(),
    sumOf(collections.map(({ refunded_amount: refunded }) => refunded)).toFixed(),
  ].join("/")
}

/**
 * Reads orders in short, with their documents.
 * @param ids Medusa's ids; one that does not exist is left out
 * @returns in the order of `ids`
 */
export async function readOrdersWithRevision(container: MedusaContainer, ids: readonly string[]): Promise<(OrderInShort & { document: OrderDocument })[]> {
  const unit = amountUnit(container)
  const rows = (await readRows(container, ids, false)).map((row) => ({ row, order: calculated(row) }))
  const orders = rows.map(({ row, order }) => ({
    id: order.id,
    display_id: order.display_id,
    status: order.status,
    fulfillment_status: order.fulfillment_status,
    payment_status: order.payment_status,
    revision: revisionOf(row),
    document: orderDocument(order, row.link, unit),
  }))
  return pickInOrder(ids, orders)
}

/**
 * Reads orders in short.
 * @param ids Medusa's ids; one that does not exist is left out
 */
export async function readOrderStatuses(container: MedusaContainer, ids: readonly string[]): Promise<OrderInShort[]> {
  if (ids.length === 0) {
    return []
  }
  const rows = await selectOrderStatuses(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), ids)
  return rows.map((row) => ({ id: row.id, display_id: row.display_id, status: row.status, ...derivedStatuses(row), revision: revisionOf(row) }))
}
