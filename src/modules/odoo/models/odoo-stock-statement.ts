import { model } from "@medusajs/framework/utils"

/** How recent the statements are that were applied to a stock level, as far as they said so. */
export const OdooStockStatement = model
  .define("odoo_stock_statement", {
    id: model.id({ prefix: "osts" }).primaryKey(),
    inventory_item_id: model.text(),
    location_id: model.text(),
    /** the latest count */
    counted_at: model.dateTime().nullable(),
    /** the same where that count was of what is on hand; null for one of what is for sale, which has in it what is reserved */
    on_hand_at: model.dateTime().nullable(),
    /** the latest count or change */
    stated_at: model.dateTime(),
  })
  .indexes([{ on: ["inventory_item_id", "location_id"], unique: true, where: "deleted_at IS NULL" }])
