import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, defaultCurrencies, getEpsilonFromDecimalPrecision } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { selectOrderStandings } from "../modules/odoo/sql/select-order-standings"
import { selectOrders, type OrderRow } from "../modules/odoo/sql/select-orders"
import { inOrder } from "../utils/in-order"
import { WireError } from "../wire/errors"
import type { OrderStatuses } from "../wire/events"
import { toAmount } from "../wire/money"
import { orderDetail, type OrderDetail } from "../wire/order-detail"
import { orderDocument, type OrderDocument } from "../wire/order-document"
import { orderTotals } from "../wire/order-totals"
import { statusesOf } from "./order-statuses"

/** Credits of an order that Medusa takes for none: its own list of currencies says so, which is not that of ISO 4217. */
const negligible = (currencyCode: string) =>
  toAmount(getEpsilonFromDecimalPrecision(defaultCurrencies[currencyCode.toUpperCase()]?.decimal_digits))

/** The order with what Medusa calculates and does not store. */
const calculated = (order: OrderRow) => ({
  ...order,
  ...orderTotals(order, negligible(order.currency_code)),
  ...statusesOf(order),
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
  return inOrder(ids, rows.map((row) => orderDocument(calculated(row), row.link, unit)))
}

/**
 * Reads one order with its payments, fulfilments and refunds.
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

/** What of an order its events of status tell. */
export type OrderStanding = OrderStatuses & { id: string; display_id: number }

/**
 * Reads the statuses of orders, and nothing else of them.
 * @param ids Medusa's ids; one that does not exist is left out
 */
export async function readOrderStatuses(container: MedusaContainer, ids: readonly string[]): Promise<OrderStanding[]> {
  if (ids.length === 0) {
    return []
  }
  const rows = await selectOrderStandings(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), ids)
  return rows.map((row) => ({ id: row.id, display_id: row.display_id, status: row.status, ...statusesOf(row) }))
}
