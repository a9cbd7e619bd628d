import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectStockItems, selectStockItemsIgnoringCase, type StockItemRow } from "../../read-model/inventory/select-stock-items"
import { adoptStockRecords } from "../stock-records/adopt-stock-records"

/** An item that keeps the stock of a SKU the catalogue does not know. */
const KEPT = 3

/** The best of what is called by one SKU; undefined where that is not one item alone. */
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

/** The items of SKUs, and whether there is kept stock of one that has an item of its own by now. */
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
 * Finds the inventory item of every SKU: exactly as it is written, else whatever its case where that is unambiguous
 * (contract 1, "Tolerance"). Two statements, however many SKUs there are. Stock that is kept of a SKU which has an item
 * of its own by now moves there first, so that it can not come after what is pushed now.
 * @param skus each once
 * @param onlyRead leaves what is kept where it is, for whoever pushes nothing
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
