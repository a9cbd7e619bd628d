import type { MedusaContainer } from "@medusajs/framework/types"

import type { KnownState, Observation, OrderStatusField, RecordState } from "../../modules/odoo/types"
import { readOrders, readOrderStatuses, type OrderStanding } from "../../queries/read-orders"
import { eventBody, statusUpdate, type OrderStatuses } from "../../wire/events"
import { readEach, type Created, type Look, type RecordSource } from "./record-source"

const STATUS_FIELDS: readonly OrderStatusField[] = ["status", "fulfillment_status", "payment_status"]

function stateOf(order: OrderStatuses & { id: string }, mark: string): RecordState {
  return {
    record_kind: "order",
    record_id: order.id,
    status: order.status,
    fulfillment_status: order.fulfillment_status,
    payment_status: order.payment_status,
    profile: null,
    address_ids: null,
    source_mark: mark,
  }
}

/** What is told of an order that looks different now. What Odoo itself has made of it, and nothing else, is not. */
function observeKnown(order: OrderStanding, known: KnownState, mark: string): Observation {
  const changed = STATUS_FIELDS.filter((field) => order[field] !== known[field])
  const before = {
    status: known.status ?? order.status,
    fulfillment_status: known.fulfillment_status ?? order.fulfillment_status,
    payment_status: known.payment_status ?? order.payment_status,
  }
  const isNews = changed.some((field) => !known.told_by_odoo.includes(`${field}=${order[field]}`))
  return {
    state: stateOf(order, mark),
    version: known.version,
    changed: changed.length > 0,
    event: isNews
      ? { name: "order.status_updated", body: eventBody("order.status_updated", statusUpdate(order, before, order), new Date()) }
      : null,
  }
}

const readCreated = (container: MedusaContainer, looks: readonly Look[]): Promise<Created[]> =>
  readEach(looks, (ids) => readOrders(container, ids), (order, { mark }) => ({
    state: stateOf(order, mark),
    event: { name: "order.created", body: eventBody("order.created", { order }, new Date()) },
  }))

const isKnown = (look: Look): look is Look & { known: KnownState } => look.known !== undefined

/** Orders: that one was placed, and how its statuses change. */
export const orderSource: RecordSource = {
  kind: "order",
  readCreated,
  readStates: (container, looks) =>
    readEach(looks, (ids) => readOrderStatuses(container, ids), (order, { mark }) => stateOf(order, mark)),
  observe: async (container, looks) => {
    const created = await readCreated(container, looks.filter((look) => !isKnown(look)))
    const read = (ids: string[]) => readOrderStatuses(container, ids)
    const known = await readEach(looks.filter(isKnown), read, (order, look) => observeKnown(order, look.known, look.mark))
    return [...created.map(({ state, event }) => ({ state, version: null, changed: true, event })), ...known]
  },
}
