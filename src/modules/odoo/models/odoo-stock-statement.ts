import { model } from "@medusajs/framework/utils"

/** The times of the latest statements that were applied to an inventory level. Statements without a time are not recorded. */
export const OdooStockStatement = model
  .define("odoo_stock_statement", {
    id: model.id({ prefix: "osts" }).primaryKey(),
    inventory_item_id: model.text(),
    location_id: model.text(),
    /** the time of the latest count */
    counted_at: model.dateTime().nullable(),
    /** the time of the latest count, where it was of pieces on hand; null after a count of available pieces */
    on_hand_at: model.dateTime().nullable(),
    /** the time of the latest count or change */
    stated_at: model.dateTime(),
  })
  .indexes([{ on: ["inventory_item_id", "location_id"], unique: true, where: "deleted_at IS NULL" }])
