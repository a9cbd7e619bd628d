import { model } from "@medusajs/framework/utils"

/** A request of Odoo's about a record that Medusa refused. A person has to decide about it. */
export const OdooRefusal = model
  .define("odoo_refusal", {
    id: model.id({ prefix: "orfs" }).primaryKey(),
    record_kind: model.text(),
    record_id: model.text(),
    /** identifies the request: the type of an event, or a method and path */
    said: model.text(),
    code: model.text(),
    message: model.text(),
    details: model.json().nullable(),
    /** how often the request was refused; a repeat adds no row */
    times: model.number().default(1),
    refused_at: model.dateTime(),
    /** when the same request was accepted after all, or a person dismissed the refusal */
    settled_at: model.dateTime().nullable(),
    dismissal: model.text().nullable(),
  })
  .indexes([{ on: ["record_kind", "record_id", "said"], unique: true, where: "settled_at IS NULL AND deleted_at IS NULL" }])
