import { model } from "@medusajs/framework/utils"

/**
 * An entry in the stock ledger of an order: pieces that a reduction of Odoo's reported for a line, and whether the reduction
 * itself or a fulfillment of Medusa's took them out of the stock. Entries are added up. Only `unsettled_since` ever changes.
 */
export const OdooMovement = model
  .define("odoo_movement", {
    id: model.id({ prefix: "omov" }).primaryKey(),
    order_id: model.text(),
    line_item_id: model.text(),
    inventory_item_id: model.text(),
    /** where a reduction took the pieces; null for a fulfillment, which has a location of its own */
    location_id: model.text().nullable(),
    /** pieces of the inventory item, of which a bundle's line takes several; negative quantities return pieces */
    quantity: model.bigNumber(),
    /** how many pieces of the inventory item one piece of the line takes */
    per_piece: model.bigNumber().default(1),
    via: model.enum(["reduce", "fulfilment"]),
    /** since when the ledger of the order is unreconciled: a reservation may have to end, or a fulfillment be compared */
    unsettled_since: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["order_id", "line_item_id"], where: "deleted_at IS NULL" },
    { on: ["unsettled_since"], where: "unsettled_since IS NOT NULL AND deleted_at IS NULL" },
  ])
