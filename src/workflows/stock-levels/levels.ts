import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { Db } from "../../database/statement"
import { updateInventoryLevels } from "../../core-writes/update-inventory-levels"
import { writesDirectly } from "../../core-writes/writes-directly"
import { selectInventoryLevels } from "../../read-model/inventory/select-inventory-levels"
import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { StockStatementTimes } from "../../modules/odoo/stock-types"
import { describeError } from "../../utils/describe-error"
import { emitOfModule, emitWritten } from "../../utils/emit-written"
import { inventoryEvents } from "../../utils/inventory-events"
import { isAheadOfClock } from "../../wire/times"
import { later, levelKey, type StockLevel } from "./plan-stock"

/** The stock of levels, and their ids, by `levelKey`. */
export type Levels = {
  stock: Map<string, StockLevel>
  ids: Map<string, string>
  /** when the level changed last without a statement that has a time; milliseconds since 1970 */
  changedAt: Map<string, number>
}

/** A stored time in milliseconds. A time ahead of the shop's clock counts as null: every later statement would be stale beside it. */
export const timeOf = (date: Date | null) => (date === null || isAheadOfClock(date.getTime()) ? null : date.getTime())

/** Reads all levels of these items. */
export async function readLevels(container: MedusaContainer, itemIds: readonly string[]): Promise<Levels> {
  const levels: Levels = { stock: new Map(), ids: new Map(), changedAt: new Map() }
  for (const row of await selectInventoryLevels(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), itemIds)) {
    const key = levelKey({ itemId: row.inventory_item_id, locationId: row.location_id })
    levels.ids.set(key, row.id)
    levels.stock.set(key, {
      stocked: Number(row.stocked_quantity),
      reserved: Number(row.reserved_quantity),
      countedAt: timeOf(row.counted_at),
      onHandAt: timeOf(row.on_hand_at),
      statedAt: later(timeOf(row.stated_at), timeOf(row.counted_at)),
    })
    if (row.changed_at !== null) {
      levels.changedAt.set(key, row.changed_at)
    }
  }
  return levels
}

/**
 * Emits the events that Medusa emits when it writes levels: those of the inventory module, for caches and indexes, and those of
 * Medusa's own workflow.
 */
export async function emitLevelEvents(container: MedusaContainer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) {
    return
  }
  // where the inventory service wrote the levels, it emitted its events itself
  if (await writesDirectly(container, "inventory_level")) {
    await emitOfModule(container, { source: Modules.INVENTORY, object: "inventory_level", action: "updated" }, ids)
  }
  const { levelUpdated: name } = inventoryEvents
  if (name !== undefined) {
    await emitWritten(container, ids.map((id) => ({ name, data: { id }, metadata: {} })))
  }
}

const levelOfKey = (key: string) => {
  const [inventory_item_id = "", location_id = ""] = key.split(" ")
  return { inventory_item_id, location_id }
}

/** Creates the missing levels with no stock; their stock is written with all the other levels, in one transaction. */
async function createMissing(container: MedusaContainer, keys: Iterable<string>, levels: Levels): Promise<ReadonlyMap<string, string>> {
  const missing = [...keys].filter((key) => !levels.ids.has(key))
  if (missing.length === 0) {
    return levels.ids
  }
  const created = await container
    .resolve(Modules.INVENTORY)
    .createInventoryLevels(missing.map((key) => ({ ...levelOfKey(key), stocked_quantity: 0 })))
  const ids = created.map((level) => [levelKey({ itemId: level.inventory_item_id, locationId: level.location_id }), level.id] as const)
  return new Map([...levels.ids, ...ids])
}

type StockedLevel = { id: string; key: string; stocked_quantity: number }

/** How many levels Medusa's service writes at once: its time grows with the square of their number. */
const SERVICE_CHUNK = 250

/** @param written gets the levels of each chunk as soon as its transaction has ended */
async function setByService(container: MedusaContainer, levels: readonly StockedLevel[], written: StockedLevel[]): Promise<string[]> {
  for (let start = 0; start < levels.length; start += SERVICE_CHUNK) {
    const some = levels.slice(start, start + SERVICE_CHUNK)
    await container
      .resolve(Modules.INVENTORY)
      .updateInventoryLevels(some.map(({ key, stocked_quantity }) => ({ ...levelOfKey(key), stocked_quantity })))
    written.push(...some)
  }
  return levels.map(({ id }) => id)
}

/** Restores levels that Medusa's service has written, after a later write of the same push failed. */
async function takeBack(container: MedusaContainer, written: readonly StockedLevel[], { stock }: Levels): Promise<void> {
  const before = written.map((level) => ({ ...level, stocked_quantity: stock.get(level.key)?.stocked ?? 0 }))
  await setByService(container, before, []).catch((error: unknown) => {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(`odoo: a push of stock has failed, and not all of ${String(written.length)} levels could be set back: ${describeError(error)}`)
  })
}

/**
 * Writes levels and the times of their statements in one transaction. The caller holds the locks of the items.
 * @param alsoWrite further writes in the same transaction; where it throws, no stock is written
 * @returns the ids of the levels whose stock was written
 */
export async function writeLevels(
  container: MedusaContainer,
  changed: ReadonlyMap<string, StockLevel>,
  levels: Levels,
  alsoWrite?: (db: Db) => Promise<void>
): Promise<string[]> {
  const ids = await createMissing(container, changed.keys(), levels)
  const updates: StockedLevel[] = []
  const times: StockStatementTimes[] = []
  for (const [key, level] of changed) {
    const id = ids.get(key)
    if (id !== undefined && level.stocked !== (levels.stock.get(key)?.stocked ?? 0)) {
      updates.push({ id, key, stocked_quantity: level.stocked })
    }
    if (level.statedAt !== null) {
      times.push({ ...level, ...levelOfKey(key), statedAt: level.statedAt })
    }
  }
  const isDirect = await writesDirectly(container, "inventory_level")
  const byService: StockedLevel[] = []
  try {
    return await container.resolve(ContainerRegistrationKeys.PG_CONNECTION).transaction(async (transaction) => {
      if (times.length > 0) {
        await container.resolve<OdooModuleService>(ODOO_MODULE).stock.saveTimes(transaction, times)
      }
      await alsoWrite?.(transaction)
      // last, so that the other writes are rolled back where the service refuses
      return await (updates.length === 0 ? [] : isDirect ? updateInventoryLevels(transaction, updates) : setByService(container, updates, byService))
    })
  } catch (error) {
    await takeBack(container, byService, levels)
    throw error
  }
}
