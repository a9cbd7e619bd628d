import type { MedusaContainer } from "@medusajs/framework/types"
import ms from "ms"

import { ODOO_MODULE } from "../../modules/odoo"
import { ODOO } from "../../modules/odoo/odoo-destination"
import type { OdooOptions } from "../../modules/odoo/options"
import type OdooModuleService from "../../modules/odoo/service"
import { readOrderStatuses } from "../../queries/read-orders"
import { ORDER_UPDATED, orderUpdatedBody } from "../../wire/events"
import { ordersOfReplacements } from "./replacements"
import { sessionOf, type Session } from "./session"
import { textOf } from "./values"

/** How far the first look of a process goes back. */
const FIRST_LOOK_MS = ms("7d")

/** By how much a look overlaps the one before it: an invoice shows only once Odoo has committed it. */
const OVERLAP_MS = ms("2m")

/** The payment statuses of orders of which money was captured. */
const CAPTURED = ["captured", "partially_captured", "refunded", "partially_refunded"]

/** When the last look began, by the options: these are one object per process. */
const lastLooks = new WeakMap<OdooOptions, Date>()

/** The ids in `x_medusa_order_id` of the sale orders with an unpaid invoice that has changed since a time, page by page. */
async function* withUnpaidInvoices({ client, lookups }: Session, since: Date): AsyncGenerator<string[], void> {
  if (!(await lookups.hasField("sale.order", "x_medusa_order_id"))) {
    return
  }
  const invoice = "order_line.invoice_lines.move_id"
  const sales = client.pages("sale.order", {
    domain: [
      ["x_medusa_order_id", "!=", false],
      [`${invoice}.move_type`, "=", "out_invoice"],
      [`${invoice}.state`, "=", "posted"],
      [`${invoice}.payment_state`, "in", ["not_paid", "partial"]],
      [`${invoice}.write_date`, ">=", since.toISOString().slice(0, 19).replace("T", " ")],
    ],
    fields: ["x_medusa_order_id"],
  })
  for await (const page of sales) {
    yield page.map(({ x_medusa_order_id: id }) => textOf(id))
  }
}

/** Tells Odoo again of those orders of which money was captured, and of which nothing else is to be told. */
async function tellCaptured(container: MedusaContainer, ids: readonly string[]): Promise<number> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const replaced = await ordersOfReplacements(container, ids.filter((id) => !id.startsWith("order_")))
  const orderIds = [...new Set(ids.map((id) => replaced.get(id) ?? id))]
  const captured = (await readOrderStatuses(container, orderIds)).filter(({ payment_status: status }) => CAPTURED.includes(status))
  const open = await odoo.listOdooDeliveries(
    { record_kind: "order", record_id: captured.map(({ id }) => id), destination_id: ODOO, status: ["pending", "waiting", "failed"] },
    { select: ["record_id"] }
  )
  let told = 0
  for (const order of captured.filter(({ id }) => !open.some(({ record_id: recordId }) => recordId === id))) {
    const event = { name: ORDER_UPDATED, body: orderUpdatedBody(order, new Date()) }
    told += Number(await odoo.outbox.tell(ODOO, { record_kind: "order", record_id: order.id }, event))
  }
  return told
}

/**
 * Looks for invoices that were posted in Odoo after the payment was captured in the shop, and has their orders told again, which
 * registers the payment. An invoice that stays unpaid is not looked at again until it changes, or the process starts anew.
 * @returns how many orders are to be told again
 * @throws OdooError
 */
export async function tellOfLateInvoices(container: MedusaContainer): Promise<number> {
  const { options, outbox } = container.resolve<OdooModuleService>(ODOO_MODULE)
  const session = sessionOf(container)
  const destination = (await outbox.destinations()).find(({ id }) => id === ODOO)
  const isWanted = destination?.events.includes(ORDER_UPDATED) === true && destination.paused_at === null && destination.down_since === null
  if (session === null || !isWanted) {
    return 0
  }
  const now = new Date()
  const since = lastLooks.get(options)?.getTime() ?? now.getTime() - FIRST_LOOK_MS
  let told = 0
  for await (const ids of withUnpaidInvoices(session, new Date(since - OVERLAP_MS))) {
    told += await tellCaptured(container, ids)
  }
  lastLooks.set(options, now)
  return told
}
