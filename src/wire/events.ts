import type { OrderDocument } from "./order-document"

/** What each event tells Odoo (contract 7). */
export type EventData = {
  "order.created": { order: OrderDocument }
}

export type EventName = keyof EventData

/**
 * Writes an event as it is sent. The text is frozen: every attempt sends exactly these characters.
 * @param time when it happened
 */
export function eventBody<N extends EventName>(name: N, data: EventData[N], time: Date): string {
  return JSON.stringify({ event: name, timestamp: time.toISOString(), data })
}

/** The body of an event that only asks whether somebody is there. */
export function testEventBody(time: Date): string {
  return JSON.stringify({ event: "test", timestamp: time.toISOString(), data: { message: "A test from medusa-plugin-odoo." } })
}
