import type { MedusaContainer } from "@medusajs/framework/types"

import type { KnownState, Observation, OrderStatusField, RecordState } from "../../modules/odoo/types"
import { readOrders, readOrderStatuses, type OrderStanding } from "../../queries/read-orders"
import { eventBody, statusUpdate, type OrderStatuses } from "../../wire/events"
import type { Look, RecordSource } from "./record-source"

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

/** What is told of an order that looks different now. What Odoo itself has changed, and nothing else with it, is not. */
function observeKnown(order: OrderStanding, known: KnownState, mark: string): Observation {
  const changed = STATUS_FIELDS.filter((field) => order[field] !== known[field])
  const before = {
    status: known.status ?? order.status,
    fulfillment_status: known.fulfillment_status ?? order.fulfillment_status,
    payment_status: known.payment_status ?? order.payment_status,
  }
  const isNews = changed.some((field) => !known.told_by_odoo.includes(field))
  return {
    state: stateOf(order, mark),
    version: known.version,
    changed: changed.length > 0,
    event: isNews
      ? { name: "order.status_updated", body: eventBody("order.status_updated", statusUpdate(order, before, order), new Date()) }
      : null,
  }
}

async function readCreated(container: MedusaContainer, looks: readonly Look[]) {
  const marks = new Map(looks.map(({ id, mark }) => [id, mark]))
  const orders = await readOrders(container, [...marks.keys()])
  return orders.map((order) => ({
    state: stateOf(order, marks.get(order.id) ?? ""),
    event: { name: "order.created" as const, body: eventBody("order.created", { order }, new Date()) },
  }))
}

async function observeKnownOnes(container: MedusaContainer, looks: readonly Look[]): Promise<Observation[]> {
  const byId = new Map(looks.map((look) => [look.id, look]))
  const orders = await readOrderStatuses(container, [...byId.keys()])
  return orders.flatMap((order) => {
    const look = byId.get(order.id)
    return look?.known === undefined ? [] : [observeKnown(order, look.known, look.mark)]
  })
}

/** Orders: that one was placed, and how its statuses change. */
export const orderSource: RecordSource = {
  kind: "order",
  readCreated,
  readStates: async (container, looks) => {
    const marks = new Map(looks.map(({ id, mark }) => [id, mark]))
    const orders = await readOrderStatuses(container, [...marks.keys()])
    return orders.map((order) => stateOf(order, marks.get(order.id) ?? ""))
  },
  observe: async (container, looks) => {
    const created = await readCreated(container, looks.filter(({ known }) => known === undefined))
    const known = await observeKnownOnes(container, looks.filter(({ known }) => known !== undefined))
    return [...created.map(({ state, event }) => ({ state, version: null, changed: true, event })), ...known]
  },
}
