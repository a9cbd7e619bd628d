import type { StockOutcome } from "../../wire/inventory-answers"
import { MAX_QUANTITY } from "../../wire/normalise"
import type { StockStatement } from "../../wire/schemas/inventory"

/** A statement whose item and location are known. */
export type ResolvedStatement = {
  sku: string
  itemId: string
  locationId: string
  adjustment: StockStatement["adjustment"]
  quantity: number
}

/** The stock of an item at a location; items without a level there have none. */
export type StockLevels = ReadonlyMap<string, number>

/** The key of an item's level at a location. */
export const levelKey = (statement: { itemId: string; locationId: string }) => `${statement.itemId} ${statement.locationId}`

/**
 * Works out, without writing, what statements make of the present stock. Statements about the same level follow
 * each other in the order they came: the last count wins, changes add up.
 * @returns an outcome for each statement, and the levels that differ in the end
 */
export function planStock(statements: readonly ResolvedStatement[], levels: StockLevels) {
  const planned = new Map<string, number>()
  const outcomes = statements.map((statement): StockOutcome => {
    const key = levelKey(statement)
    const present = planned.get(key) ?? levels.get(key)
    const previous = present ?? 0
    const wanted = statement.adjustment === "absolute" ? statement.quantity : previous + statement.quantity
    const about = { sku: statement.sku, location_id: statement.locationId, previous_quantity: previous }
    if (wanted < 0) {
      const message = `only ${String(previous)} in stock`
      return { ...about, status: "failed", new_quantity: previous, code: "insufficient_stock", message }
    }
    if (wanted > MAX_QUANTITY) {
      const message = `the stock would be above ${String(MAX_QUANTITY)}`
      return { ...about, status: "failed", new_quantity: previous, code: "VALIDATION_ERROR", message }
    }
    // an item that has no level at the location yet gets one, be it with nothing in it
    const status = wanted === present ? "unchanged" : "updated"
    planned.set(key, wanted)
    return { ...about, status, new_quantity: wanted, code: null, message: null }
  })
  const changed = new Map([...planned].filter(([key, quantity]) => levels.get(key) !== quantity))
  return { outcomes, changed }
}
