import { cancelOrderWorkflow, completeOrderWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { WireError } from "../../wire/errors"
import { isNothing, toAmount } from "../../wire/money"
import { SETTABLE_STATUSES, type PatchOrderBody } from "../../wire/schemas/orders"
import { orConflict } from "./refusal"
import { lifecycleStateOf, type OrderLifecycle } from "./order-lifecycle"

type Captured = { payment_collections?: ({ captured_amount: unknown; refunded_amount: unknown } | null)[] | null }

/** Whether the shop holds captured money that canceling the order would refund. */
async function isPaid(container: MedusaContainer, orderId: string): Promise<boolean> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: ["id", "payment_collections.captured_amount", "payment_collections.refunded_amount"],
    filters: { id: orderId },
  })
  const [order] = data as Captured[]
  return (order?.payment_collections ?? []).some((collection) => {
    const held = toAmount(collection?.captured_amount).minus(toAmount(collection?.refunded_amount))
    return held.isPositive() && !isNothing(held)
  })
}

/**
 * Cancels an order: its reservations are released and its open payments canceled. Captured payments are refunded only with the
 * option `refundOnCancel`.
 * @throws WireError `CONFLICT` where Medusa refuses, and for captured payments without that option
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
 * Why an order can not get a status, where Medusa itself would not refuse: Medusa also completes archived orders and drafts.
 * @returns the present state of the order in words; null where Medusa decides
 */
export function blockingReason(order: OrderLifecycle, status: string): string | null {
  const state = lifecycleStateOf(order)
  if (state === "draft") {
    return "a draft"
  }
  if (status !== "completed") {
    return null
  }
  return state === "canceled" ? "canceled" : order.status === "archived" ? "archived" : null
}

/**
 * Sets the status of an order through Medusa's own workflow. Nothing happens where the order has the status already.
 * @throws WireError `CONFLICT` where Medusa refuses, for a draft, for completing a canceled or archived order, and for a status
 *   that can not be set
 */
export async function changeStatus(
  container: MedusaContainer,
  order: OrderLifecycle & { id: string },
  status: NonNullable<PatchOrderBody["status"]>
): Promise<void> {
  if (status === order.status || status === lifecycleStateOf(order)) {
    return
  }
  const reason = SETTABLE_STATUSES.some((settable) => settable === status) ? blockingReason(order, status) : null
  if (reason !== null) {
    throw new WireError("CONFLICT", `The order is ${reason}: it can not be set to ${status}.`, { status: order.status })
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
