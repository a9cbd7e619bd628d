import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys, OrderEditWorkflowEvents, OrderWorkflowEvents } from "@medusajs/framework/utils"

import { selectCustomersOfOrder } from "../modules/odoo/sql/select-customers-of"
import { followHint } from "../workflows/capture/follow-hint"
import { noteToSettle, settleOrders } from "../workflows/move-stock/settle-order"

/** Medusa names the order by one or the other. */
type OrderEvent = { id?: string; order_id?: string }

/**
 * A hint that an order is new or that one of its statuses has changed; and that its customer may be new. Its lines or
 * fulfilments may have changed too, by which goods leave that Odoo has told of.
 */
export default async function orderHinted({ event, container }: SubscriberArgs<OrderEvent>): Promise<void> {
  const id = event.data.order_id ?? event.data.id
  if (id === undefined) {
    return
  }
  // noted before the order is known to be as it is now: should this process die, the sweep finds either
  const unsettled = await noteToSettle(container, [id])
  const placed = event.name === OrderWorkflowEvents.PLACED
  const customers = placed ? await selectCustomersOfOrder(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), id) : []
  await followHint(container, { orders: [id], customers, isNew: placed })
  await settleOrders(container, unsettled)
}

export const config: SubscriberConfig = {
  event: [...Object.values(OrderWorkflowEvents), OrderEditWorkflowEvents.CONFIRMED],
  context: { subscriberId: "odoo-orders" },
}
