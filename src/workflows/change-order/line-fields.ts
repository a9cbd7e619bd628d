/**
 * The fields of Medusa's query for the lines of an order, with the stock items of their variants. Medusa gives the quantities of the
 * order's present version only where items and details are read whole.
 */
export const LINE_FIELDS: readonly string[] = [
  "items.*",
  "items.detail.*",
  "items.variant.sku",
  "items.variant.manage_inventory",
  "items.variant.allow_backorder",
  "items.variant.inventory_items.inventory_item_id",
  "items.variant.inventory_items.required_quantity",
  "items.variant.inventory_items.inventory.sku",
]
