import { model } from "@medusajs/framework/utils"

/** One try to deliver an event, and what came of it. */
export const OdooAttempt = model
  .define("odoo_attempt", {
    id: model.id({ prefix: "oatt" }).primaryKey(),
    event_id: model.text(),
    /** the first try is 1 */
    number: model.number(),
    started_at: model.dateTime(),
    duration_ms: model.number(),
    http_status: model.number().nullable(),
    /** null when it delivered */
    error_class: model.text().nullable(),
    error_message: model.text().nullable(),
    /** what was answered, cut and without secrets, tracebacks and addresses of people */
    reply: model.text().nullable(),
  })
  .indexes([{ on: ["event_id", "number"] }])
