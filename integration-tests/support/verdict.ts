import type { OrderStanding } from "./admin"
import type { Accepted, Ledger } from "./ledger"

/** What the shop says at the end, by its own tables. */
export type Truth = {
  /** the orders that stand, without drafts */
  orders: readonly OrderStanding[]
  /** the customers who have placed them */
  customers: readonly string[]
  /** the plugin's events, oldest first */
  events: readonly { id: string; record_id: string; status: string }[]
}

type Standing = Omit<OrderStanding, "id">

const standingOf = ({ status, fulfillment_status, payment_status }: Record<string, unknown> | Standing) =>
  [status, fulfillment_status, payment_status].map(String).join(", ")

/** What an order's event says that the order was before it, and is after it; before its creation there is nothing. */
function saidBy({ event, data }: Accepted): { before: string | undefined; after: string } {
  if (event === "order.created") {
    return { before: undefined, after: standingOf(data.order as Standing) }
  }
  const { old_status, old_fulfillment_status, old_payment_status, new_status, ...rest } = data
  return {
    before: standingOf({ status: old_status, fulfillment_status: old_fulfillment_status, payment_status: old_payment_status }),
    after: standingOf({ ...rest, status: new_status }),
  }
}

/** The record that an event is about. */
function recordOf({ data }: Accepted): string {
  const { id } = (data.order ?? data.customer ?? { id: data.order_id }) as { id: unknown }
  return String(id)
}

function byRecord(accepted: readonly Accepted[]): Map<string, Accepted[]> {
  const records = new Map<string, Accepted[]>()
  for (const one of accepted) {
    records.set(recordOf(one), [...(records.get(recordOf(one)) ?? []), one])
  }
  return records
}

function creationProblems(id: string, name: string, events: readonly Accepted[]): string[] {
  const creations = events.filter(({ event }) => event === name)
  if (creations.length === 0) {
    return [`${id}: ${name} never arrived`]
  }
  return [
    ...(creations.length > 1 ? [`${id}: ${name} was accepted ${String(creations.length)} times, as ${creations.map((one) => one.id).join(", ")}`] : []),
    ...(events[0]?.event === name ? [] : [`${id}: ${String(events[0]?.event)} arrived before ${name}`]),
  ]
}

/** Whether each event starts where the one before it has ended, and the last one where the order stands. */
function chainProblems(order: OrderStanding, events: readonly Accepted[]): string[] {
  const problems: string[] = []
  let told: string | undefined
  for (const one of events) {
    const { before, after } = saidBy(one)
    if (before !== told) {
      problems.push(`${order.id}: ${one.event} (${one.id}) goes on from (${String(before)}), but (${String(told)}) was what arrived before`)
    }
    told = after
  }
  if (told !== undefined && told !== standingOf(order)) {
    problems.push(`${order.id}: Odoo was told (${told}) last, the shop says (${standingOf(order)})`)
  }
  return problems
}

/** Whether a record's events were accepted in the order in which they were written. */
function sequenceProblems(truth: Truth, records: Map<string, Accepted[]>): string[] {
  const places = new Map(truth.events.map(({ id }, place) => [id, place]))
  return [...records].flatMap(([id, events]) => {
    const found = events.map((one) => places.get(one.id) ?? -1)
    const isInOrder = found.every((place, index) => place >= 0 && (index === 0 || place > (found[index - 1] ?? -1)))
    return isInOrder ? [] : [`${id}: its events did not arrive in the order in which they were written`]
  })
}

/** Everything that is wrong; nothing when each order has arrived, once, and its events in order. */
export function problemsOf(truth: Truth, ledger: Ledger): string[] {
  const records = byRecord(ledger.accepted)
  const eventsOf = (id: string) => records.get(id) ?? []
  const known = new Set([...truth.orders.map(({ id }) => id)])
  return [
    ...truth.orders.flatMap((order) => [
      ...creationProblems(order.id, "order.created", eventsOf(order.id)),
      ...chainProblems(order, eventsOf(order.id)),
    ]),
    ...truth.customers.flatMap((id) => creationProblems(id, "customer.created", eventsOf(id))),
    ...[...records.keys()].filter((id) => id.startsWith("order_") && !known.has(id)).map((id) => `${id}: the shop has no such order`),
    ...sequenceProblems(truth, records),
    ...[...ledger.changed].map((id) => `${id}: came again with another body`),
    ...truth.events.filter(({ status }) => status !== "delivered").map(({ id, status }) => `${id}: is still ${status}`),
  ]
}
