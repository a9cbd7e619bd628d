import type { MedusaContainer } from "@medusajs/framework/types"
import {
  buildModuleResourceEventName,
  CommonEvents,
  ContainerRegistrationKeys,
  InventoryLevelWorkflowEvents,
  Modules,
} from "@medusajs/framework/utils"

import type { Db } from "../../modules/odoo/sql/db"
import { ODOO_MODULE } from "../../modules/odoo"
import { updateInventoryLevels } from "../../modules/odoo/direct/update-inventory-levels"
import type OdooModuleService from "../../modules/odoo/service"
import { selectInventoryLevels } from "../../modules/odoo/sql/select-inventory-levels"
import { upsertStockStatements, type StockStatementTimes } from "../../modules/odoo/sql/upsert-stock-statements"
import { describeError } from "../../utils/describe-error"
import { levelKey, type StockLevel } from "./plan-stock"

/** The stock of levels, and their ids, by `levelKey`. */
export type Levels = {
  stock: Map<string, StockLevel>
  ids: Map<string, string>
  /** when they changed last by something else than a statement with a time; milliseconds since 1970 */
  changedAt: Map<string, number>
}

const timeOf = (date: Date | null) => date?.getTime() ?? null

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
      statedAt: timeOf(row.stated_at),
    })
    if (row.changed_at !== null) {
      levels.changedAt.set(key, row.changed_at)
    }
  }
  return levels
}

const MODULE_EVENT = buildModuleResourceEventName({
  prefix: Modules.INVENTORY,
  objectName: "inventory_level",
  action: CommonEvents.UPDATED,
})

const writesDirectly = (container: MedusaContainer) =>
  container.resolve<OdooModuleService>(ODOO_MODULE).writesDirectly("inventory_level")

/** Of how many levels is told at once: more of them at the same time are more work for the garbage collector. */
const EVENTS_AT_ONCE = 500

/**
 * Says of levels what the inventory module says when it writes them, so that caches and indexes follow, and what Medusa's
 * own workflow says. It does not throw: the stock is written, and an answer that says otherwise would have a change sent
 * again, and count twice.
 */
export async function emitLevelEvents(container: MedusaContainer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) {
    return
  }
  const metadata = { source: Modules.INVENTORY, object: "inventory_level", action: CommonEvents.UPDATED }
  // where the service has written them, it has said so
  const isDirect = await writesDirectly(container)
  const bus = container.resolve(Modules.EVENT_BUS)
  try {
    for (let start = 0; start < ids.length; start += EVENTS_AT_ONCE) {
      const some = ids.slice(start, start + EVENTS_AT_ONCE)
      await bus.emit([
        ...(isDirect ? some.map((id) => ({ name: MODULE_EVENT, data: { id }, metadata, options: { internal: true } })) : []),
        ...some.map((id) => ({ name: InventoryLevelWorkflowEvents.UPDATED, data: { id }, metadata: {} })),
      ])
    }
  } catch (error) {
    container.resolve(ContainerRegistrationKeys.LOGGER).warn(`odoo: stock events were not emitted: ${describeError(error)}`)
  }
}

const placeOf = (key: string) => {
  const [inventory_item_id = "", location_id = ""] = key.split(" ")
  return { inventory_item_id, location_id }
}

/** Makes the levels that are missing, empty: what is in them comes with everything else, in one transaction. */
async function createMissing(container: MedusaContainer, keys: Iterable<string>, levels: Levels): Promise<ReadonlyMap<string, string>> {
  const missing = [...keys].filter((key) => !levels.ids.has(key))
  if (missing.length === 0) {
    return levels.ids
  }
  const created = await container
    .resolve(Modules.INVENTORY)
    .createInventoryLevels(missing.map((key) => ({ ...placeOf(key), stocked_quantity: 0 })))
  const ids = created.map((level) => [levelKey({ itemId: level.inventory_item_id, locationId: level.location_id }), level.id] as const)
  return new Map([...levels.ids, ...ids])
}

type StockedLevel = { id: string; key: string; stocked_quantity: number }

/** How many levels Medusa's service is given at once: the time that it takes grows with their square. */
const SERVICE_CHUNK = 250

/**
 * Sets what is stocked. Medusa's service, which is used where the table is not the one that we know, has transactions
 * of its own: it comes last, so that what it refuses leaves nothing of ours behind.
 */
async function setStocked(container: MedusaContainer, transaction: Db, levels: readonly StockedLevel[]): Promise<string[]> {
  if (levels.length === 0) {
    return []
  }
  if (await writesDirectly(container)) {
    return await updateInventoryLevels(transaction, levels)
  }
  const inventory = container.resolve(Modules.INVENTORY)
  for (let start = 0; start < levels.length; start += SERVICE_CHUNK) {
    await inventory.updateInventoryLevels(levels.slice(start, start + SERVICE_CHUNK).map(({ key, stocked_quantity }) => ({ ...placeOf(key), stocked_quantity })))
  }
  return levels.map(({ id }) => id)
}

/**
 * Writes levels, and the time of what was said of them, in one transaction. The caller holds the locks of the items.
 * @param alsoWrite what else belongs into the transaction; where it throws, no stock is written
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
      times.push({ ...level, ...placeOf(key), statedAt: level.statedAt })
    }
  }
  return await container.resolve(ContainerRegistrationKeys.PG_CONNECTION).transaction(async (transaction) => {
    if (times.length > 0) {
      await upsertStockStatements(transaction, times)
    }
    await alsoWrite?.(transaction)
    return await setStocked(container, transaction, updates)
  })
}
