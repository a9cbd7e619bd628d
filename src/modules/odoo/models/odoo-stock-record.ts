import { model } from "@medusajs/framework/utils"

/**
 * A SKU for which Odoo has sent stock, and that the catalogue does not have yet. An inventory item without a SKU holds the stock,
 * because Medusa refuses to create a variant whose SKU an inventory item has already.
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
