import { model } from "@medusajs/framework/utils"

/** What of an order's line has left the stock, and by which way. */
export const OdooMovement = model
  .define("odoo_movement", {
    id: model.id({ prefix: "omov" }).primaryKey(),
    order_id: model.text(),
    line_item_id: model.text(),
    inventory_item_id: model.text(),
    location_id: model.text(),
    /** pieces of the stock, not of the line: a bundle's line moves several pieces of each of its parts */
    quantity: model.number(),
    via: model.enum(["reduce"]),
  })
  .indexes([{ on: ["order_id", "line_item_id"], where: "deleted_at IS NULL" }])
