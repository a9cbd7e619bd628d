import { FulfillmentWorkflowEvents, Modules, OrderEditWorkflowEvents, OrderWorkflowEvents, PaymentEvents } from "@medusajs/framework/utils"

import { underOrderLock } from "../../locks/order-lock"
import type { KnownSnapshot, OrderStatusField } from "../../modules/odoo/types"
import { readOrdersWithRevision, readOrderStatuses, type OrderInShort } from "../../queries/read-orders"
import { eventBody, ORDER_UPDATED, orderUpdatedBody, statusUpdate } from "../../wire/events"
import { idIn, idsBy } from "../hints"
import { defineRecordType, type Change } from "../record-type"
import { selectOrdersOf } from "./select-orders-of"
import { orderSource } from "./source"

const STATUS_FIELDS: readonly OrderStatusField[] = ["status", "fulfillment_status", "payment_status"]

const snapshot = (order: OrderInShort) => ({
  status: order.status,
  fulfillment_status: order.fulfillment_status,
  payment_status: order.payment_status,
  revision: order.revision,
})

/**
 * The event for an order that differs from its snapshot: that its statuses have changed, or else something that has no event of its
 * own. A snapshot of an earlier version of the plugin has no revision.
 */
function compare({ snapshot: known, echo_suppressed: suppressed }: KnownSnapshot, order: OrderInShort): Change | null {
  const changed = STATUS_FIELDS.filter((field) => order[field] !== known[field])
  if (changed.length === 0) {
    return order.revision === known.revision ? null : { event: { name: ORDER_UPDATED, body: orderUpdatedBody(order, new Date()) } }
  }
  const before = (field: OrderStatusField) => (typeof known[field] === "string" ? known[field] : order[field])
  const statuses = {
    status: before("status"),
    fulfillment_status: before("fulfillment_status"),
    payment_status: before("payment_status"),
  }
  const body = eventBody("order.status_updated", statusUpdate(order, statuses, order), new Date())
  return {
    event: { name: "order.status_updated", body },
    isInbound: changed.every((field) => suppressed.includes(`${field}=${order[field]}`)),
  }
}

const PLACED: string = OrderWorkflowEvents.PLACED

/** Events of Medusa after which an order, its lines or its fulfillments may have changed; each names the order. */
export const ORDER_CHANGES: readonly string[] = [...Object.values(OrderWorkflowEvents), OrderEditWorkflowEvents.CONFIRMED]

/** Orders: Odoo is told that an order was placed, and how its statuses change. */
export const orderType = defineRecordType({
  kind: "order",
  events: ["order.created", "order.status_updated", ORDER_UPDATED],
  source: orderSource,
  hints: [
    { events: [PLACED], isNew: true, idsOf: idIn("order_id", "id") },
    { events: ORDER_CHANGES.filter((name) => name !== PLACED), idsOf: idIn("order_id", "id") },
    // Medusa's events of a fulfillment and of a payment do not name the order
    { events: Object.values(FulfillmentWorkflowEvents), idsOf: idsBy((db, id) => selectOrdersOf(db, "fulfillment", id), "id") },
    { events: Object.values(PaymentEvents), idsOf: idsBy((db, id) => selectOrdersOf(db, "payment", id), "id") },
  ],
  hintsAreProof: true,
  link: {
    metadataOf: (container, id) => {
      const orders = container.resolve(Modules.ORDER)
      return {
        read: async () => (await orders.retrieveOrder(id, { select: ["id", "metadata"] })).metadata,
        write: (metadata) => orders.updateOrders(id, { metadata }),
      }
    },
    whenFree: underOrderLock,
  },
  load: readOrdersWithRevision,
  loadComparable: readOrderStatuses,
  snapshot,
  created: ({ document: order }) => ({ name: "order.created", body: eventBody("order.created", { order }, new Date()) }),
  compare,
})
