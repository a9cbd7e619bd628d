import ms from "ms"

import { EVENT_NAMES, kindOfEvent, ORDER_UPDATED } from "../../wire/events"
import type { DirectOptions, Flow } from "./odoo-options"
import type { DestinationSettings } from "./types"

/** The id and the kind of the destination that the option `odoo` describes: the direct connection. */
export const ODOO = "odoo"

/** The kind of the records that each flow sends to Odoo. */
const KINDS: Readonly<Record<Flow, string>> = { orders: "order", customers: "customer" }

/** How many records a process writes into Odoo at once. An Odoo has a handful of workers, which people need too. */
const CONCURRENCY = 4

/** How long one record may take: a sale order takes some ten calls of Odoo. */
const TIMEOUT_MS = ms("2m")

/** The settings of the destination of the direct connection. */
export function odooDestination({ flows }: Pick<DirectOptions, "flows">): DestinationSettings {
  const kinds = flows.map((flow) => KINDS[flow])
  return {
    id: ODOO,
    kind: ODOO,
    isOdoo: true,
    events: [...EVENT_NAMES, ORDER_UPDATED].filter((name) => kinds.includes(kindOfEvent(name))),
    concurrency: CONCURRENCY,
    timeoutMs: TIMEOUT_MS,
    retryScheduleMs: [ms("1m"), ms("5m"), ms("15m")],
    replaysAfterOutage: true,
  }
}
