import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { Db } from "../../modules/odoo/sql/db"
import { selectLiveItems } from "../../modules/odoo/sql/select-live-items"
import type { StockOutcome } from "../../wire/inventory-answers"
import { emitLevelEvents, readLevels, writeLevels, type Levels } from "./levels"
import { levelKey, planStock, type ResolvedStatement } from "./plan-stock"
import { underStockLock } from "./stock-lock"

const itemsOf = (statements: readonly ResolvedStatement[]) => [...new Set(statements.map(({ itemId }) => itemId))]

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

/** What became of statements, by their places in a push; those that are not there are still open. */
type Outcomes = (StockOutcome | undefined)[]

/**
 * Looks at those statements of which it is not known that they differ, without a lock.
 * @returns outcomes of those that change nothing
 */
async function lookFirst(container: MedusaContainer, statements: readonly ResolvedStatement[]): Promise<Outcomes> {
  const isChange = ({ adjustment, quantity, differs }: ResolvedStatement) => differs === true || (adjustment === "delta" && quantity !== 0)
  const changing = new Set(statements.flatMap((statement) => (isChange(statement) ? statement.itemId : [])))
  const looked = statements.flatMap((statement, index) => (changing.has(statement.itemId) ? [] : [{ statement, index }]))
  const outcomes: Outcomes = statements.map(() => undefined)
  if (looked.length === 0) {
    return outcomes
  }
  const about = looked.map(({ statement }) => statement)
  const plan = planStock(about, (await readLevels(container, itemsOf(about))).stock)
  const isOpen = (statement: ResolvedStatement, position: number) =>
    plan.outcomes[position]?.status !== "unchanged" || plan.changed.has(levelKey(statement))
  const open = new Set(about.flatMap((statement, position) => (isOpen(statement, position) ? statement.itemId : [])))
  looked.forEach(({ statement, index }, position) => {
    outcomes[index] = open.has(statement.itemId) ? undefined : plan.outcomes[position]
  })
  return outcomes
}

/** Puts what was written where it was not known before. */
function complete(known: Outcomes, written: readonly StockOutcome[]): StockOutcome[] {
  const rest = written.values()
  return known.flatMap((outcome) => outcome ?? rest.next().value ?? [])
}

/**
 * Makes the stock what the statements say. Items on which nothing differs are only read. The others are locked with
 * the lock that Medusa's own stock and reservation steps take, read again and written in one statement, so that a
 * sale at the same moment is neither overwritten nor counted twice.
 * @param record writes what else belongs into the transaction; where it throws, no stock is written
 * @returns an outcome for each statement, in their order
 */
export async function applyStock(
  container: MedusaContainer,
  statements: readonly ResolvedStatement[],
  record: Record = () => Promise.resolve()
): Promise<StockOutcome[]> {
  const known = await lookFirst(container, statements)
  const open = statements.filter((_, index) => known[index] === undefined)
  if (open.length === 0) {
    return complete(known, [])
  }
  const itemIds = itemsOf(open)
  const { outcomes, levelIds } = await underStockLock(container, itemIds, () =>
    applyLocked(container, open, itemIds, (transaction, written) => record(transaction, complete(known, written)))
  )
  await emitLevelEvents(container, levelIds)
  return complete(known, outcomes)
}
