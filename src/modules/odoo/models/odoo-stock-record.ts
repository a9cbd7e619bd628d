import { model } from "@medusajs/framework/utils"

/**
 * A SKU that Odoo keeps stock of and the catalogue does not know yet. Its stock is held by an inventory item without a
 * SKU, because Medusa refuses to make a variant whose SKU an inventory item has already.
 */
export const OdooStockRecord = model
  .define("odoo_stock_record", {
    id: model.id({ prefix: "ostk" }).primaryKey(),
    sku: model.text(),
    inventory_item_id: model.text(),
  })
  .indexes([
    { on: ["sku"], unique: true, where: "deleted_at IS NULL" },
    { on: ["inventory_item_id"], where: "deleted_at IS NULL" },
  ])
