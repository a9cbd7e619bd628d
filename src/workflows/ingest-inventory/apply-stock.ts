import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { Db } from "../../modules/odoo/sql/db"
import { selectLiveItems } from "../../modules/odoo/sql/select-live-items"
import type { StockOutcome } from "../../wire/inventory-answers"
import { emitLevelEvents, readLevels, writeLevels, type Levels } from "./levels"
import { levelKey, planStock, type ResolvedStatement } from "./plan-stock"
import { underStockLock } from "./stock-lock"

/** Items can be deleted between being found and being locked; whoever has no level yet may be such a one. */
async function goneItems(container: MedusaContainer, statements: readonly ResolvedStatement[], levels: Levels): Promise<Set<string>> {
  const doubtful = new Set(statements.filter((each) => !levels.ids.has(levelKey(each))).map(({ itemId }) => itemId))
  if (doubtful.size > 0) {
    const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    for (const id of await selectLiveItems(db, [...doubtful])) {
      doubtful.delete(id)
    }
  }
  return doubtful
}

const gone = (statement: ResolvedStatement): StockOutcome => ({
  sku: statement.sku,
  status: "not_found",
  location_id: null,
  previous_quantity: null,
  new_quantity: null,
  code: "SKU_NOT_FOUND",
  message: "the stock record was deleted at this very moment",
})

/** What is to be written in the transaction of the stock, as soon as it is known what becomes of the statements. */
export type Record = (transaction: Db, outcomes: readonly StockOutcome[]) => Promise<void>

/** Applies statements to items that are locked. */
async function applyLocked(
  container: MedusaContainer,
  statements: readonly ResolvedStatement[],
  itemIds: readonly string[],
  record: Record
) {
  const levels = await readLevels(container, itemIds)
  const lost = await goneItems(container, statements, levels)
  const { outcomes, changed } = planStock(statements.filter(({ itemId }) => !lost.has(itemId)), levels.stock)
  const kept = outcomes.values()
  const all = statements.map((statement) => (lost.has(statement.itemId) ? undefined : kept.next().value) ?? gone(statement))
  const levelIds = changed.size === 0 ? [] : await writeLevels(container, changed, levels, (transaction) => record(transaction, all))
  return { outcomes: all, levelIds }
}

/**
 * Makes the stock what the statements say. Items on which nothing differs are only read. The others are locked with
 * the lock that Medusa's own stock and reservation steps take, read again and written in one statement, so that a
 * sale at the same moment is neither overwritten nor counted twice.
 * @param record writes what else belongs into the transaction; where it throws, no stock is written
 * @returns an outcome for each statement, in their order, and the ids of the levels that were written
 */
export async function applyStock(
  container: MedusaContainer,
  statements: readonly ResolvedStatement[],
  record: Record = () => Promise.resolve()
): Promise<{ outcomes: StockOutcome[]; levelIds: string[] }> {
  const itemIds = [...new Set(statements.map((statement) => statement.itemId))]
  const present = await readLevels(container, itemIds)
  const first = planStock(statements, present.stock)
  const differing = new Set(
    statements
      .filter((statement, index) => first.outcomes[index]?.status !== "unchanged" || first.changed.has(levelKey(statement)))
      .map((statement) => statement.itemId)
  )
  if (differing.size === 0) {
    return { outcomes: first.outcomes, levelIds: [] }
  }
  const locked = [...differing]
  const concerned = statements.flatMap((statement, index) => (differing.has(statement.itemId) ? [{ statement, index }] : []))
  const among = (outcomes: readonly StockOutcome[]) => {
    const written = new Map(concerned.map(({ index }, position) => [index, outcomes[position]]))
    return first.outcomes.map((outcome, index) => written.get(index) ?? outcome)
  }
  const { outcomes, levelIds } = await underStockLock(container, locked, () =>
    applyLocked(container, concerned.map(({ statement }) => statement), locked, (transaction, written) =>
      record(transaction, among(written))
    )
  )
  await emitLevelEvents(container, levelIds)
  return { outcomes: among(outcomes), levelIds }
}
