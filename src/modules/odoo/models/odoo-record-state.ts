import { model } from "@medusajs/framework/utils"

/** A record as it was last seen. What differs from it is what makes an event, so that a hint may come twice. */
export const OdooRecordState = model
  .define("odoo_record_state", {
    id: model.id({ prefix: "ostt" }).primaryKey(),
    record_kind: model.enum(["order", "customer"]),
    record_id: model.text(),
    status: model.text().nullable(),
    fulfillment_status: model.text().nullable(),
    payment_status: model.text().nullable(),
  })
  .indexes([{ on: ["record_kind", "record_id"], unique: true, where: "deleted_at IS NULL" }])
