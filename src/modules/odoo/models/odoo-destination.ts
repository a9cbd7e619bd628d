import { model } from "@medusajs/framework/utils"

/** A receiver of events. The destinations in the options are updated at each start of the shop. */
export const OdooDestination = model.define("odoo_destination", {
  id: model.id({ prefix: "odst" }).primaryKey(),
  /** the kind of target that sends to this destination */
  kind: model.text(),
  /** whether the destination is Odoo, which is not told its own changes */
  is_odoo: model.boolean(),
  /** the names of the events that the destination receives */
  events: model.array(),
  /** how many deliveries a process sends at once */
  concurrency: model.number(),
  /** how long an attempt may take */
  timeout_ms: model.number(),
  /** the waits after each failed attempt; after the last one the delivery has failed, and waits for a person */
  retry_schedule_ms: model.json(),
  /** whether deliveries that failed because of an outage are sent again after it, without a person */
  replays_after_outage: model.boolean().default(true),
  paused_at: model.dateTime().nullable(),
  /** the reason that a person gave for the pause */
  pause_reason: model.text().nullable(),
  /** how many attempts in a row failed as in an outage (no connection, time-out, 429, 5xx) */
  failures: model.number().default(0),
  /** when the first such attempt since the last delivered one was made; null where there is none */
  failing_since: model.dateTime().nullable(),
  /** the record of these attempts; only attempts for several records show an outage */
  failing_record: model.text().nullable(),
  /** since when the destination is down, and only single probes are sent; null while it is up */
  down_since: model.dateTime().nullable(),
  /** when the next probe is due */
  probe_at: model.dateTime().nullable(),
})
