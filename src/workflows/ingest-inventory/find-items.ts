import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectLinkedStockItems } from "../../read-model/inventory/select-linked-stock-items"
import type { StockStatement } from "../../wire/schemas/inventory"
import { findStockItems } from "./find-stock-items"

/** The members of a statement that name its product. */
type Identity = Pick<StockStatement, "sku" | "odooId">

/** The inventory item that holds a stock, and the SKU of its variant; an empty text where it has none. */
export type FoundItem = { itemId: string; sku: string }

/** The inventory items of statements. */
export type FoundItems = {
  /** the id of the item of each SKU */
  bySku: Map<string, string>
  /** the item of each id in Odoo, for statements whose SKU is not found */
  byOdooId: ReadonlyMap<string, FoundItem>
}

/** The inventory item of a statement: by its SKU, else by the id in Odoo that a variant stores. */
export function itemOf({ bySku, byOdooId }: FoundItems, { sku, odooId }: Identity): FoundItem | undefined {
  const itemId = bySku.get(sku)
  return itemId === undefined ? byOdooId.get(odooId ?? "") : { itemId, sku }
}

/**
 * Finds the inventory items of products by their ids in Odoo, which variants store, in one SQL statement. An id that several
 * variants store is left out.
 */
export async function findLinkedItems(container: MedusaContainer, odooIds: readonly string[]): Promise<Map<string, FoundItem>> {
  const rows = odooIds.length === 0 ? [] : await selectLinkedStockItems(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), odooIds)
  const found = new Map<string, FoundItem>()
  const several = new Set<string>()
  for (const { odoo_id: odooId, sku, inventory_item_id: itemId } of rows) {
    if (found.has(odooId)) {
      several.add(odooId)
    }
    found.set(odooId, { itemId, sku: sku ?? "" })
  }
  several.forEach((odooId) => found.delete(odooId))
  return found
}

/**
 * Finds the inventory items of statements by their SKUs, else by the ids in Odoo that variants store. The number of SQL statements
 * does not depend on how many there are.
 * @param onlyRead whether kept stock stays where it is, for a call that must not write
 */
export async function findItems(container: MedusaContainer, statements: readonly Identity[], onlyRead = false): Promise<FoundItems> {
  const skus = new Set(statements.flatMap(({ sku }) => (sku === "" ? [] : sku)))
  const bySku = await findStockItems(container, [...skus], onlyRead)
  const odooIds = new Set(statements.flatMap(({ sku, odooId }) => (odooId === undefined || bySku.has(sku) ? [] : odooId)))
  return { bySku, byOdooId: await findLinkedItems(container, [...odooIds]) }
}
