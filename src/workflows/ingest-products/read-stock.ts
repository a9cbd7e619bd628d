import { readCount } from "../../wire/counts"
import { MAX_QUANTITY } from "../../wire/normalise"
import type { ProductNotes } from "../../wire/product-answers"
import type { BulkProductItem, ProductItem } from "../../wire/product-statement"
import { locationFinder } from "../ingest-inventory/locate"
import type { ShopTerms } from "./catalogue"

/** A statement whose quantity can be set as it is, and what of the quantity was read otherwise or left out. */
export type StockReading<Item extends BulkProductItem = BulkProductItem> = { item: Item; notes: ProductNotes }

/** The part of the shop that tells what a quantity means. */
export type StockTerms = Pick<ShopTerms, "locations" | "mapping" | "fractionalQuantities">

const NOWHERE = "no location is named, and the shop has several: name it by location_id, warehouse_id or warehouse_name"

/**
 * Reads the quantities of products (contract 6). Odoo's `qty_available` is the sum of all its warehouses, so that in a
 * shop with several locations it is set only where the statement names its own; the option `defaultLocationId` is no
 * such name. A quantity without a certain location is left out, as is one that the shop can not count, and the rest of the
 * product is not held up by it.
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
