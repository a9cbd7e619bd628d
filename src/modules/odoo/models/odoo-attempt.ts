import { model } from "@medusajs/framework/utils"

/** One attempt to deliver an event to a destination, with its result. */
export const OdooAttempt = model
  .define("odoo_attempt", {
    id: model.id({ prefix: "oatt" }).primaryKey(),
    delivery_id: model.text(),
    /** counted from 1 */
    number: model.number(),
    started_at: model.dateTime(),
    duration_ms: model.number(),
    http_status: model.number().nullable(),
    /** null for an attempt that delivered */
    error_class: model.text().nullable(),
    error_message: model.text().nullable(),
    /** the reply, cut and without secrets, tracebacks and addresses of people */
    reply: model.text().nullable(),
  })
  .indexes([{ on: ["delivery_id", "number"] }])
