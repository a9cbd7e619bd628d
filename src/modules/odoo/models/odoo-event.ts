import { model } from "@medusajs/framework/utils"

/**
 * One thing to tell Odoo. Its body is frozen when it is written and sent byte for byte the same on every attempt.
 *
 * `pending` or `waiting` (for its next attempt) → claimed under a lease → `delivered`, or `waiting` again, or after
 * the last attempt `failed`, until a person replays (`pending`) or dismisses it.
 */
export const OdooEvent = model
  .define("odoo_event", {
    id: model.id({ prefix: "oevt" }).primaryKey(),
    /** the order in which events of one record happened */
    sequence: model.autoincrement(),
    record_kind: model.enum(["order", "customer"]),
    record_id: model.text(),
    name: model.text(),
    body: model.text(),
    status: model.enum(["pending", "waiting", "delivered", "failed", "dismissed"]).default("pending"),
    /** how many attempts there were in all */
    attempts: model.number().default(0),
    /** how many of them came before the last replay, with which the schedule starts anew */
    attempts_before_replay: model.number().default(0),
    next_attempt_at: model.dateTime(),
    /** who holds the lease; a holder that was overtaken can not write its outcome any more */
    lease_id: model.text().nullable(),
    /** a lease that ran out may be taken by anybody: this is what survives a killed process */
    leased_until: model.dateTime().nullable(),
    error_class: model.text().nullable(),
    error_message: model.text().nullable(),
    delivered_at: model.dateTime().nullable(),
    /** why a person has given it up */
    dismissal: model.text().nullable(),
    dismissed_at: model.dateTime().nullable(),
  })
  .indexes([
    // what is due
    { on: ["next_attempt_at", "sequence"], where: "status IN ('pending', 'waiting') AND deleted_at IS NULL" },
    // what a record's later events wait behind
    { on: ["record_kind", "record_id", "sequence"], where: "status IN ('pending', 'waiting', 'failed') AND deleted_at IS NULL" },
    // everything about a record
    { on: ["record_id"] },
    // what has been delivered, or dismissed, for long enough to be removed
    { on: ["delivered_at"], where: "status = 'delivered' AND deleted_at IS NULL" },
    { on: ["dismissed_at"], where: "status = 'dismissed' AND deleted_at IS NULL" },
    // lists, with what they are narrowed by, so that counting does not read the bodies
    { on: ["created_at", "id", "record_kind", "name"] },
    // what went wrong
    { on: ["error_class"], where: "error_class IS NOT NULL AND deleted_at IS NULL" },
  ])
