import { model } from "@medusajs/framework/utils"

/** The id and name that Odoo has for a record of the shop. */
export const OdooLink = model
  .define("odoo_link", {
    id: model.id({ prefix: "olnk" }).primaryKey(),
    record_kind: model.text(),
    record_id: model.text(),
    odoo_id: model.text(),
    odoo_name: model.text().nullable(),
    odoo_status: model.text().nullable(),
    synced_at: model.dateTime(),
  })
  .indexes([
    { on: ["record_kind", "record_id"], unique: true, where: "deleted_at IS NULL" },
    { on: ["record_kind", "odoo_id"], where: "deleted_at IS NULL" },
    { on: ["record_kind", "odoo_name"], where: "odoo_name IS NOT NULL AND deleted_at IS NULL" },
    // the latest links
    { on: ["updated_at"], where: "deleted_at IS NULL" },
  ])
