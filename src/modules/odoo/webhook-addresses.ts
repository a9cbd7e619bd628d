import type { OdooOptions } from "./options"
import type { DestinationSettings } from "./types"

type Addresses = Pick<OdooOptions["webhook"], "url" | "urls" | "events">

/** The address of the events of a name: their own one, else the common one; null for events that are not asked for. */
export function addressOf(webhook: Addresses, name: string): string | null {
  const event = webhook.events.find((asked) => asked === name)
  return event === undefined ? null : (webhook.urls[event] ?? webhook.url)
}

/** The asked events that have an address, with the address. */
export function addressedEvents(webhook: Addresses): { name: string; url: string }[] {
  return webhook.events.flatMap((name) => {
    const url = addressOf(webhook, name)
    return url === null ? [] : [{ name, url }]
  })
}

/**
 * The names of the events that are written. Without any address, all asked events are written, and wait for an address. Where
 * some events have an address, the others are not written.
 */
export function askedEvents(webhook: Addresses): string[] {
  const addressed = addressedEvents(webhook).map(({ name }) => name)
  return addressed.length > 0 ? addressed : [...webhook.events]
}

/** The id and the kind of the destination that the option `webhook` describes. */
export const WEBHOOK = "webhook"

/**
 * The settings of the webhook destination, from the options.
 * @param isDirect whether Odoo gets the events by the direct connection. Then no events are kept for a webhook without an address
 */
export function webhookDestination(webhook: OdooOptions["webhook"], isDirect = false): DestinationSettings {
  return {
    id: WEBHOOK,
    kind: WEBHOOK,
    isOdoo: true,
    events: isDirect && addressedEvents(webhook).length === 0 ? [] : askedEvents(webhook),
    concurrency: webhook.concurrency,
    timeoutMs: webhook.timeoutMs,
    retryScheduleMs: webhook.retrySchedule,
    replaysAfterOutage: webhook.replayAfterOutage,
  }
}
