import { model } from "@medusajs/framework/utils"

/** Something that Odoo has told us of a record and that Medusa has refused: a person has to look at it. */
export const OdooRefusal = model
  .define("odoo_refusal", {
    id: model.id({ prefix: "orfs" }).primaryKey(),
    record_kind: model.enum(["order", "customer"]),
    record_id: model.text(),
    /** what Odoo said: an event's type, or a method and path */
    said: model.text(),
    code: model.text(),
    message: model.text(),
    details: model.json().nullable(),
    /** how often Odoo has said it; a repeat adds no row */
    times: model.number().default(1),
    refused_at: model.dateTime(),
    /** when the same was accepted after all, or a person has dismissed it */
    settled_at: model.dateTime().nullable(),
    dismissal: model.text().nullable(),
  })
  .indexes([{ on: ["record_kind", "record_id", "said"], unique: true, where: "settled_at IS NULL AND deleted_at IS NULL" }])
