import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectLinkedStockItems } from "../../read-model/inventory/select-linked-stock-items"
import type { StockStatement } from "../../wire/schemas/inventory"
import { findStockItems } from "./find-stock-items"

/** What a statement says that it is about. */
type Identity = Pick<StockStatement, "sku" | "odooId">

/** An item that holds a stock, and the SKU of its variant; the SKU is empty where there is none. */
export type FoundItem = { itemId: string; sku: string }

/** The items that statements are about. */
export type FoundItems = {
  /** the ids of the items of SKUs */
  bySku: Map<string, string>
  /** the items of products of Odoo's, for statements whose SKU finds none */
  byOdooId: ReadonlyMap<string, FoundItem>
}

/** The item that a statement is about: that of its SKU, else that of the variant that stores Odoo's id. */
export function itemOf({ bySku, byOdooId }: FoundItems, { sku, odooId }: Identity): FoundItem | undefined {
  const itemId = bySku.get(sku)
  return itemId === undefined ? byOdooId.get(odooId ?? "") : { itemId, sku }
}

/**
 * Finds the items of products of Odoo's by the ids that variants store, in one SQL statement. An id that several variants
 * store tells none of them.
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
 * Finds the inventory items that statements are about, by their SKUs, else by the ids of Odoo's products that variants
 * store. The number of SQL statements does not depend on how many there are.
 * @param onlyRead leaves what is kept of SKUs where it is, for whoever pushes nothing
 */
export async function findItems(container: MedusaContainer, statements: readonly Identity[], onlyRead = false): Promise<FoundItems> {
  const skus = new Set(statements.flatMap(({ sku }) => (sku === "" ? [] : sku)))
  const bySku = await findStockItems(container, [...skus], onlyRead)
  const odooIds = new Set(statements.flatMap(({ sku, odooId }) => (odooId === undefined || bySku.has(sku) ? [] : odooId)))
  return { bySku, byOdooId: await findLinkedItems(container, [...odooIds]) }
}
