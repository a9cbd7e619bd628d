import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { Db } from "../../database/statement"
import { selectLiveItems } from "../../read-model/inventory/select-live-items"
import type { StockOutcome } from "../../wire/inventory-answers"
import { emitLevelEvents, readLevels, writeLevels, type Levels } from "./levels"
import { levelKey, planStock, type ResolvedStatement, type StockOutcomes } from "./plan-stock"
import { underStockLock } from "./stock-lock"

/** Finds the items that were deleted after they were found and before they were locked. Only items without a level are looked up. */
async function findDeletedItems(container: MedusaContainer, statements: readonly ResolvedStatement[], levels: Levels): Promise<Set<string>> {
  const doubtful = new Set(statements.filter((each) => !levels.ids.has(levelKey(each))).map(({ itemId }) => itemId))
  if (doubtful.size > 0) {
    const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    for (const id of await selectLiveItems(db, [...doubtful])) {
      doubtful.delete(id)
    }
  }
  return doubtful
}

const ofDeletedItem = ({ sku }: ResolvedStatement): StockOutcome => ({
  sku,
  status: "not_found",
  location_id: null,
  previous_quantity: null,
  new_quantity: null,
  code: "SKU_NOT_FOUND",
  message: "the stock record was deleted at this very moment",
})

/** Writes further rows in the transaction of the stock. */
type AlsoWrite = (transaction: Db, outcomes: StockOutcomes) => Promise<void>

/** Applies statements to items that are locked. */
async function applyLocked(container: MedusaContainer, statements: readonly ResolvedStatement[], itemIds: readonly string[], alsoWrite: AlsoWrite) {
  const levels = await readLevels(container, itemIds)
  const deleted = await findDeletedItems(container, statements, levels)
  const plan = planStock(statements.filter(({ itemId }) => !deleted.has(itemId)), levels.stock)
  const outcomes: StockOutcomes = new Map(statements.map((each) => [each, plan.outcomes.get(each) ?? ofDeletedItem(each)]))
  const levelIds = plan.changed.size === 0 ? [] : await writeLevels(container, plan.changed, levels, (transaction) => alsoWrite(transaction, outcomes))
  return { outcomes, levelIds }
}

/**
 * Applies statements to the stock. The inventory items are locked with the lock of Medusa's own stock and reservation steps, read,
 * and written in one statement, so that a simultaneous sale is neither overwritten nor counted twice. Statements that change
 * nothing write nothing.
 * @param alsoWrite is called where stock is written; an error rolls the stock back
 * @returns an outcome for each statement
 */
export async function applyStock(
  container: MedusaContainer,
  statements: readonly ResolvedStatement[],
  alsoWrite: AlsoWrite = () => Promise.resolve()
): Promise<StockOutcomes> {
  if (statements.length === 0) {
    return new Map()
  }
  const itemIds = [...new Set(statements.map(({ itemId }) => itemId))]
  const { outcomes, levelIds } = await underStockLock(container, itemIds, () => applyLocked(container, statements, itemIds, alsoWrite))
  await emitLevelEvents(container, levelIds)
  return outcomes
}
