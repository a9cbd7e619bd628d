import { model } from "@medusajs/framework/utils"

/**
 * An event for a destination.
 *
 * `pending` or `waiting` (for its next attempt) → claimed under a lease → `delivered`, or `waiting` again, or after
 * the last attempt `failed`, until a person replays (`pending`) or dismisses it.
 */
export const OdooDelivery = model
  .define("odoo_delivery", {
    id: model.id({ prefix: "odlv" }).primaryKey(),
    event_id: model.text(),
    destination_id: model.text(),
    /** copied from the event, like the next two columns, so that claiming and listing read no events */
    sequence: model.number(),
    record_kind: model.text(),
    record_id: model.text(),
    name: model.text(),
    status: model.enum(["pending", "waiting", "delivered", "failed", "dismissed"]).default("pending"),
    /** whether this is the oldest open delivery of its record and destination: only that one can be claimed */
    is_head: model.boolean().default(true),
    /** the number of all attempts */
    attempts: model.number().default(0),
    /** how many attempts do not count for the schedule: those before the last replay, and failed probes of a destination that is down */
    attempts_before_replay: model.number().default(0),
    /** when the next attempt is due; for a failed delivery, when it failed */
    next_attempt_at: model.dateTime(),
    /** identifies the lease: a process whose lease was taken over can not write its outcome any more */
    lease_id: model.text().nullable(),
    /** the end of the lease: after it any process may claim the delivery, also when the holder was killed */
    leased_until: model.dateTime().nullable(),
    error_class: model.text().nullable(),
    error_message: model.text().nullable(),
    /** whether the last attempt failed as in an outage (no connection, time-out, 429, 5xx) */
    is_outage: model.boolean().default(false),
    delivered_at: model.dateTime().nullable(),
    /** the reason for which a person dismissed the delivery */
    dismissal: model.text().nullable(),
    dismissed_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["event_id", "destination_id"], unique: true, where: "deleted_at IS NULL" },
    // due deliveries
    { on: ["destination_id", "next_attempt_at", "sequence"], where: "is_head AND status IN ('pending', 'waiting') AND deleted_at IS NULL" },
    // failed deliveries, which are probed during an outage and revived after it
    { on: ["destination_id", "next_attempt_at"], where: "status = 'failed' AND deleted_at IS NULL" },
    // the oldest open delivery of a record
    {
      on: ["record_kind", "record_id", "destination_id", "sequence"],
      where: "status IN ('pending', 'waiting', 'failed') AND deleted_at IS NULL",
    },
    // all deliveries of a record
    { on: ["record_id"] },
    // delivered and dismissed deliveries: to prune them, and to count them for each destination
    { on: ["delivered_at", "destination_id"], where: "status = 'delivered' AND deleted_at IS NULL" },
    { on: ["dismissed_at", "destination_id"], where: "status = 'dismissed' AND deleted_at IS NULL" },
    // lists of all deliveries, of a kind and of a name
    { on: ["created_at", "id"] },
    { on: ["record_kind", "created_at", "id"] },
    { on: ["name", "created_at", "id"] },
    // lists by error class
    { on: ["error_class"], where: "error_class IS NOT NULL AND deleted_at IS NULL" },
  ])
