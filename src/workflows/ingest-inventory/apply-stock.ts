import type { MedusaContainer } from "@medusajs/framework/types"
import { buildModuleResourceEventName, CommonEvents, ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { selectInventoryLevels } from "../../modules/odoo/sql/select-inventory-levels"
import { updateInventoryLevels } from "../../modules/odoo/sql/update-inventory-levels"
import { describeError } from "../../utils/describe-error"
import type { StockOutcome } from "../../wire/inventory-answers"
import { levelKey, planStock, type ResolvedStatement } from "./plan-stock"
import { underStockLock } from "./stock-lock"

type Levels = { stock: Map<string, number>; ids: Map<string, string> }

async function readLevels(container: MedusaContainer, itemIds: readonly string[]): Promise<Levels> {
  const rows = await selectInventoryLevels(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), itemIds)
  const keyed = rows.map((row) => ({ ...row, key: levelKey({ itemId: row.inventory_item_id, locationId: row.location_id }) }))
  return {
    stock: new Map(keyed.map(({ key, stocked_quantity }) => [key, Number(stocked_quantity)])),
    ids: new Map(keyed.map(({ key, id }) => [key, id])),
  }
}

/** Says of levels what the inventory module itself says when it writes them, so that caches and indexes follow. */
async function emitLevelEvents(container: MedusaContainer, ids: readonly string[]): Promise<void> {
  const name = buildModuleResourceEventName({
    prefix: Modules.INVENTORY,
    objectName: "inventory_level",
    action: CommonEvents.UPDATED,
  })
  const metadata = { source: Modules.INVENTORY, object: "inventory_level", action: CommonEvents.UPDATED }
  await container
    .resolve(Modules.EVENT_BUS)
    .emit(ids.map((id) => ({ name, data: { id }, metadata })), { internal: true })
}

async function writeLevels(container: MedusaContainer, changed: ReadonlyMap<string, number>, levels: Levels): Promise<string[]> {
  const updates: { id: string; stocked_quantity: number }[] = []
  const missing: { inventory_item_id: string; location_id: string; stocked_quantity: number }[] = []
  for (const [key, quantity] of changed) {
    const id = levels.ids.get(key)
    if (id === undefined) {
      const [itemId = "", locationId = ""] = key.split(" ")
      missing.push({ inventory_item_id: itemId, location_id: locationId, stocked_quantity: quantity })
    } else {
      updates.push({ id, stocked_quantity: quantity })
    }
  }
  if (missing.length > 0) {
    await container.resolve(Modules.INVENTORY).createInventoryLevels(missing)
  }
  return updates.length === 0
    ? []
    : await updateInventoryLevels(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), updates)
}

/**
 * Makes the stock what the statements say. Items on which nothing differs are only read. The others are locked with
 * the lock that Medusa's own stock and reservation steps take, read again and written in one statement, so that a
 * sale at the same moment is neither overwritten nor counted twice.
 * @returns an outcome for each statement, in their order, and the ids of the levels that were written
 */
export async function applyStock(
  container: MedusaContainer,
  statements: readonly ResolvedStatement[]
): Promise<{ outcomes: StockOutcome[]; levelIds: string[] }> {
  const itemIds = [...new Set(statements.map((statement) => statement.itemId))]
  const first = planStock(statements, (await readLevels(container, itemIds)).stock)
  const differing = new Set(
    statements.filter((_, index) => first.outcomes[index]?.status !== "unchanged").map((statement) => statement.itemId)
  )
  if (differing.size === 0) {
    return { outcomes: first.outcomes, levelIds: [] }
  }
  const locked = [...differing]
  const concerned = statements.flatMap((statement, index) => (differing.has(statement.itemId) ? [{ statement, index }] : []))
  const { outcomes, levelIds } = await underStockLock(container, locked, async () => {
    const levels = await readLevels(container, locked)
    const plan = planStock(concerned.map(({ statement }) => statement), levels.stock)
    return { outcomes: plan.outcomes, levelIds: await writeLevels(container, plan.changed, levels) }
  })
  if (levelIds.length > 0) {
    await emitLevelEvents(container, levelIds).catch((error: unknown) => {
      // the stock is written: an answer that says otherwise would have a change sent again, and count twice
      container.resolve(ContainerRegistrationKeys.LOGGER).warn(`odoo: stock events were not emitted: ${describeError(error)}`)
    })
  }
  const merged = [...first.outcomes]
  concerned.forEach(({ index }, position) => {
    const outcome = outcomes[position]
    if (outcome !== undefined) {
      merged[index] = outcome
    }
  })
  return { outcomes: merged, levelIds }
}
