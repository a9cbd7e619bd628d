import type { MedusaContainer } from "@medusajs/framework/types"
import { buildModuleResourceEventName, CommonEvents, ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { Db } from "../../modules/odoo/sql/db"
import { selectInventoryLevels } from "../../modules/odoo/sql/select-inventory-levels"
import { updateInventoryLevels } from "../../modules/odoo/sql/update-inventory-levels"
import { upsertStockStatements } from "../../modules/odoo/sql/upsert-stock-statements"
import { describeError } from "../../utils/describe-error"
import { levelKey, type StockLevel } from "./plan-stock"

/** The stock of levels, and their ids, by `levelKey`. */
export type Levels = { stock: Map<string, StockLevel>; ids: Map<string, string> }

const timeOf = (date: Date | null) => date?.getTime() ?? null

/** Reads all levels of these items. */
export async function readLevels(container: MedusaContainer, itemIds: readonly string[]): Promise<Levels> {
  const rows = await selectInventoryLevels(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), itemIds)
  const keyed = rows.map((row) => ({ ...row, key: levelKey({ itemId: row.inventory_item_id, locationId: row.location_id }) }))
  return {
    stock: new Map(
      keyed.map(({ key, stocked_quantity, counted_at, stated_at }) => [
        key,
        { stocked: Number(stocked_quantity), countedAt: timeOf(counted_at), statedAt: timeOf(stated_at) },
      ])
    ),
    ids: new Map(keyed.map(({ key, id }) => [key, id])),
  }
}

/**
 * Says of levels what the inventory module itself says when it writes them, so that caches and indexes follow. It does
 * not throw: the stock is written, and an answer that says otherwise would have a change sent again, and count twice.
 */
export async function emitLevelEvents(container: MedusaContainer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) {
    return
  }
  const name = buildModuleResourceEventName({
    prefix: Modules.INVENTORY,
    objectName: "inventory_level",
    action: CommonEvents.UPDATED,
  })
  const metadata = { source: Modules.INVENTORY, object: "inventory_level", action: CommonEvents.UPDATED }
  await container
    .resolve(Modules.EVENT_BUS)
    .emit(ids.map((id) => ({ name, data: { id }, metadata })), { internal: true })
    .catch((error: unknown) => {
      container.resolve(ContainerRegistrationKeys.LOGGER).warn(`odoo: stock events were not emitted: ${describeError(error)}`)
    })
}

/**
 * Writes levels, and the time of what was said of them: levels that are new through the inventory module, the others
 * in one statement. The caller holds the locks of the items.
 * @param alsoWrite what else belongs into the transaction
 * @returns the ids of the levels whose stock was written
 */
export async function writeLevels(
  container: MedusaContainer,
  changed: ReadonlyMap<string, StockLevel>,
  levels: Levels,
  alsoWrite?: (db: Db) => Promise<void>
): Promise<string[]> {
  const entries = [...changed].map(([key, level]) => {
    const [inventory_item_id = "", location_id = ""] = key.split(" ")
    return { ...level, id: levels.ids.get(key), before: levels.stock.get(key), inventory_item_id, location_id }
  })
  const missing = entries.filter(({ id }) => id === undefined)
  if (missing.length > 0) {
    await container.resolve(Modules.INVENTORY).createInventoryLevels(
      missing.map(({ inventory_item_id, location_id, stocked }) => ({ inventory_item_id, location_id, stocked_quantity: stocked }))
    )
  }
  const updates = entries.flatMap(({ id, before, stocked }) =>
    id === undefined || before?.stocked === stocked ? [] : { id, stocked_quantity: stocked }
  )
  const times = entries.flatMap(({ statedAt, ...entry }) => (statedAt === null ? [] : { ...entry, statedAt }))
  return await container.resolve(ContainerRegistrationKeys.PG_CONNECTION).transaction(async (transaction) => {
    if (times.length > 0) {
      await upsertStockStatements(transaction, times)
    }
    await alsoWrite?.(transaction)
    return updates.length === 0 ? [] : await updateInventoryLevels(transaction, updates)
  })
}
