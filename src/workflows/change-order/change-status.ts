import { cancelOrderWorkflow, completeOrderWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { WireError } from "../../wire/errors"
import { toAmount } from "../../wire/money"
import { SETTABLE_STATUSES, type PatchOrderBody } from "../../wire/schemas/orders"
import { orConflict } from "./refusal"
import { standingOf, type Standing } from "./standing"

type Captured = { payment_collections?: ({ captured_amount: unknown; refunded_amount: unknown } | null)[] | null }

/** Whether the shop holds money for an order that canceling it would give back. */
async function isPaid(container: MedusaContainer, orderId: string): Promise<boolean> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: ["id", "payment_collections.captured_amount", "payment_collections.refunded_amount"],
    filters: { id: orderId },
  })
  const [order] = data as Captured[]
  return (order?.payment_collections ?? []).some((collection) =>
    toAmount(collection?.captured_amount).isGreaterThan(toAmount(collection?.refunded_amount))
  )
}

/**
 * Cancels an order: its reservations are released and open payments canceled. Captured ones are refunded where the
 * option `refundOnCancel` allows it: money is not given back because of a message alone.
 * @throws WireError `CONFLICT` for what Medusa refuses, and for captured payments without that option
 */
export async function cancelOrder(container: MedusaContainer, orderId: string): Promise<void> {
  const { options } = container.resolve<OdooModuleService>(ODOO_MODULE)
  if (!options.refundOnCancel && (await isPaid(container, orderId))) {
    throw new WireError(
      "CONFLICT",
      "The order has been paid. It can be canceled once its payments are refunded, or with the option refundOnCancel."
    )
  }
  await orConflict(() => cancelOrderWorkflow(container).run({ input: { order_id: orderId } }))
}

/**
 * What stands in the way of a status that Medusa itself would give to an order: it completes what is archived, and
 * what is a draft still.
 * @returns in words what the order is; null where Medusa may judge
 */
export function barOf(order: Standing, status: string): string | null {
  const standing = standingOf(order)
  if (standing === "draft") {
    return "a draft"
  }
  if (status !== "completed") {
    return null
  }
  return standing === "canceled" ? "canceled" : order.status === "archived" ? "archived" : null
}

/**
 * Brings an order into a status through Medusa's own workflow; nothing happens where it has it already.
 * @throws WireError `CONFLICT` for what Medusa refuses, for a draft, for completing what is canceled or archived, and
 *   for a status that can not be set at all
 */
export async function changeStatus(
  container: MedusaContainer,
  order: Standing & { id: string },
  status: NonNullable<PatchOrderBody["status"]>
): Promise<void> {
  if (status === order.status || status === standingOf(order)) {
    return
  }
  const bar = SETTABLE_STATUSES.some((settable) => settable === status) ? barOf(order, status) : null
  if (bar !== null) {
    throw new WireError("CONFLICT", `The order is ${bar}: it can not be set to ${status}.`, { status: order.status })
  }
  switch (status) {
    case "canceled":
      await cancelOrder(container, order.id)
      return
    case "completed":
      await orConflict(() => completeOrderWorkflow(container).run({ input: { orderIds: [order.id] } }))
      return
    default:
      throw new WireError("CONFLICT", `An order can not be set to ${status}, only to ${SETTABLE_STATUSES.join(" or ")}.`, {
        status: order.status,
        settable: SETTABLE_STATUSES,
      })
  }
}
