import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectStockItems, selectStockItemsIgnoringCase, type StockItemRow } from "../../read-model/inventory/select-stock-items"
import { adoptStockRecords } from "../stock-records/adopt-stock-records"

/** The rank of an item that holds the stock of a SKU without a variant (`StockItemRow`). */
const KEPT = 3

/** The item with the lowest rank; undefined where several have it. */
function best(rows: readonly StockItemRow[]): StockItemRow | undefined {
  const rank = Math.min(...rows.map((row) => row.rank))
  const [first, ...others] = rows.filter((row) => row.rank === rank)
  return others.length === 0 ? first : undefined
}

function grouped(rows: readonly StockItemRow[], keyOf: (sku: string) => string): Map<string, StockItemRow[]> {
  const groups = new Map<string, StockItemRow[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row.sku))
    if (group === undefined) {
      groups.set(keyOf(row.sku), [row])
    } else {
      group.push(row)
    }
  }
  return groups
}

/** Finds the items of SKUs, and whether stock is still kept for a SKU that has an item of its own by now. */
async function lookUp(container: MedusaContainer, skus: readonly string[]) {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const found = new Map<string, string>()
  let overtaken = false
  const take = (wanted: readonly string[], groups: ReadonlyMap<string, StockItemRow[]>, keyOf: (sku: string) => string) => {
    for (const sku of wanted) {
      const rows = groups.get(keyOf(sku)) ?? []
      const row = best(rows)
      overtaken ||= rows.some(({ rank }) => rank === KEPT) && rows.some(({ rank }) => rank < KEPT)
      if (row !== undefined) {
        found.set(sku, row.inventory_item_id)
      }
    }
  }
  const asWritten = (sku: string) => sku
  take(skus, grouped(await selectStockItems(db, skus), asWritten), asWritten)
  const missing = skus.filter((sku) => !found.has(sku))
  if (missing.length > 0) {
    const ignoringCase = (sku: string) => sku.toLowerCase()
    take(missing, grouped(await selectStockItemsIgnoringCase(db, missing), ignoringCase), ignoringCase)
  }
  return { found, overtaken }
}

/**
 * Finds the inventory item of each SKU: spelled exactly so, else in any case of the letters where only one matches (contract 1,
 * "Tolerance"). Takes two SQL statements, whatever the number of SKUs. Stock that is kept for a SKU with an item of its own is
 * moved to that item first, because it is older than the push.
 * @param skus each once
 * @param onlyRead whether kept stock stays where it is, for a call that must not write
 */
export async function findStockItems(
  container: MedusaContainer,
  skus: readonly string[],
  onlyRead = false
): Promise<Map<string, string>> {
  const first = await lookUp(container, skus)
  if (onlyRead || !first.overtaken) {
    return first.found
  }
  await adoptStockRecords(container, skus)
  return (await lookUp(container, skus)).found
}
