import { readCount } from "../../wire/counts"
import { MAX_QUANTITY } from "../../wire/normalise"
import type { ProductNotes } from "../../wire/product-answers"
import type { BulkProductItem, ProductItem } from "../../wire/product-statement"
import { locationFinder } from "../ingest-inventory/locate"
import type { ShopTerms } from "./catalogue"

/** An item with a quantity that can be applied, and remarks on a quantity that was rounded or ignored. */
export type StockReading<Item extends BulkProductItem = BulkProductItem> = { item: Item; notes: ProductNotes }

/** The data of the shop that is needed to read quantities. */
export type StockTerms = Pick<ShopTerms, "locations" | "mapping" | "fractionalQuantities">

const NOWHERE = "no location is named, and the shop has several: name it by location_id, warehouse_id or warehouse_name"

/**
 * Makes a function that reads the quantity of an item (contract 6). Odoo's `qty_available` is the sum of all warehouses. So in a
 * shop with several locations a quantity is applied only where the item names its location; the option `defaultLocationId` does
 * not count. A quantity without a certain location, or one that the shop can not store, is ignored, and the rest of the item is
 * applied.
 * @returns a function that never throws
 */
export function stockReader({ locations, mapping, fractionalQuantities }: StockTerms) {
  const locate = locationFinder(locations, null, mapping)
  return (item: ProductItem): StockReading<ProductItem> => {
    const { quantity: stated, locationId, warehouseId, locationName, quantityIs = "on_hand", ...rest } = item
    if (stated === undefined) {
      return { item: rest, notes: {} }
    }
    if (Math.abs(stated) > MAX_QUANTITY) {
      const bound = stated < 0 ? `below -${String(MAX_QUANTITY)}` : `above ${String(MAX_QUANTITY)}`
      return { item: rest, notes: { stock: "skipped", reason: `the quantity must not be ${bound}` } }
    }
    const location = locate({ locationId, warehouseId, locationName })
    if (location === undefined || "missing" in location) {
      const reason = locations.length === 0 ? "the shop has no stock location" : (location?.missing ?? NOWHERE)
      return { item: rest, notes: { stock: "skipped", reason } }
    }
    const { quantity, ...notes } = readCount(stated, fractionalQuantities)
    return { item: { ...rest, quantity, quantityIs, locationId: location.id }, notes }
  }
}

/** Reads the quantities of a push. */
export function readStock(items: readonly BulkProductItem[], terms: StockTerms): StockReading[] {
  const read = stockReader(terms)
  return items.map((item) => ("unreadable" in item ? { item, notes: {} } : read(item)))
}
