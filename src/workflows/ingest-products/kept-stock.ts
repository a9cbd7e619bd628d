import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectInventoryLevels } from "../../read-model/inventory/select-inventory-levels"
import type { ProductItem } from "../../wire/product-statement"
import type { StockStatement } from "../../wire/schemas/inventory"
import { findStockItems } from "../ingest-inventory/find-stock-items"
import { ingestInventoryWorkflow } from "../ingest-inventory/ingest-inventory"
import { keepStockRecords } from "../stock-records/keep-stock-records"

async function setStock(container: MedusaContainer, items: StockStatement[]): Promise<void> {
  if (items.length > 0) {
    await ingestInventoryWorkflow(container).run({ input: { items, createMissing: true } })
  }
}

/**
 * Keeps the stock of a product that the catalogue does not know, until there is a variant. Stock that is kept already changes only
 * where the item has a quantity.
 * @param item an item with a SKU; its quantity, where it has one, has a location
 */
export async function keepStockOf(container: MedusaContainer, item: ProductItem): Promise<void> {
  const { sku, title, quantity, quantityIs, locationId } = item
  if (quantity !== undefined) {
    await setStock(container, [{ sku, title, adjustment: "absolute", quantity, quantityIs, locationId }])
  } else if (!(await findStockItems(container, [sku])).has(sku)) {
    await keepStockRecords(container, [{ sku, title }])
  }
}

/**
 * Sets the kept stock of SKUs to 0 at all locations.
 * @returns those of the SKUs that have an inventory item
 */
export async function emptyKeptStock(container: MedusaContainer, skus: readonly string[]): Promise<string[]> {
  const itemIds = skus.length === 0 ? new Map<string, string>() : await findStockItems(container, [...new Set(skus)])
  const skuOf = new Map([...itemIds].map(([sku, itemId]) => [itemId, sku]))
  const levels = skuOf.size === 0 ? [] : await selectInventoryLevels(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), [...skuOf.keys()])
  const filled = levels.filter(({ stocked_quantity }) => Number(stocked_quantity) > 0)
  await setStock(
    container,
    filled.map(({ inventory_item_id, location_id: locationId }) => ({
      sku: skuOf.get(inventory_item_id) ?? "",
      adjustment: "absolute",
      quantity: 0,
      quantityIs: "on_hand",
      locationId,
    }))
  )
  return [...itemIds.keys()]
}
