import { model } from "@medusajs/framework/utils"

/** A record as it was last seen. What differs from it is what makes an event, so that a hint may come twice. */
export const OdooRecordState = model
  .define("odoo_record_state", {
    id: model.id({ prefix: "ostt" }).primaryKey(),
    record_kind: model.enum(["order", "customer"]),
    record_id: model.text(),
    /** goes up with every change that is written: who has compared with an older state looks again */
    version: model.number().default(1),
    status: model.text().nullable(),
    fulfillment_status: model.text().nullable(),
    payment_status: model.text().nullable(),
    /** of a customer: a digest of each field that `customer.updated` speaks of, by its name; no personal data */
    profile: model.json().nullable(),
    /** of a customer: whose removal tells nothing but its own id */
    address_ids: model.array().nullable(),
    /** sums up the times of the rows that the record was read from: as long as it is the same, nothing was changed */
    source_mark: model.text().nullable(),
    /** when the event that it was created was written; null for what was there before the plugin */
    announced_at: model.dateTime().nullable(),
    /** what of an order Odoo is changing itself at the moment, and so need not be told */
    told_by_odoo: model.array().nullable(),
    /** a process that died while it did so does not silence us for longer */
    told_until: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["record_kind", "record_id"], unique: true, where: "deleted_at IS NULL" },
    { on: ["address_ids"], type: "GIN" },
  ])
