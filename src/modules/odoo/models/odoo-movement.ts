import { model } from "@medusajs/framework/utils"

/**
 * An entry in the books of what Odoo says has left the stock for an order's line, and by which way: taken out by the
 * reduction itself, or along with a fulfilment of Medusa's. Entries are added up and never changed, but for their mark.
 */
export const OdooMovement = model
  .define("odoo_movement", {
    id: model.id({ prefix: "omov" }).primaryKey(),
    order_id: model.text(),
    line_item_id: model.text(),
    inventory_item_id: model.text(),
    /** where a reduction took the pieces; null for a fulfilment, which has a location of its own */
    location_id: model.text().nullable(),
    /** pieces of the stock, not of the line: a bundle's line moves several pieces of each of its parts; negative takes back */
    quantity: model.number(),
    /** how many pieces of the stock make one of the line */
    per_piece: model.number().default(1),
    via: model.enum(["reduce", "fulfilment"]),
    /** since when the order's books await what belongs to this entry: the end of a reservation, or a fulfilment */
    unsettled_since: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["order_id", "line_item_id"], where: "deleted_at IS NULL" },
    { on: ["unsettled_since"], where: "unsettled_since IS NOT NULL AND deleted_at IS NULL" },
  ])
