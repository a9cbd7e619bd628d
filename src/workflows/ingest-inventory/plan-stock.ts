import type { StockOutcome } from "../../wire/inventory-answers"
import { MAX_QUANTITY } from "../../wire/normalise"
import type { QuantityIs, StockStatement } from "../../wire/schemas/inventory"

/** A statement whose item and location are known. */
export type ResolvedStatement = {
  sku: string
  itemId: string
  locationId: string
  adjustment: StockStatement["adjustment"]
  /** of a count: of what is there, or of what of it is for sale */
  quantityIs: QuantityIs
  quantity: number
  /** of what time the statement is, where it says so; milliseconds since 1970 */
  statedAt: number | null
  /** whether it is known already that the stock is not what it says */
  differs?: boolean
}

/** An item's stock at a location, what of it is reserved, and how recent the statements are that made it so. */
export type StockLevel = {
  stocked: number
  reserved: number
  /** the latest count */
  countedAt: number | null
  /** the same where it was of what is on hand: a count of what is for sale has in it what was sold and has not left */
  onHandAt: number | null
  /** the latest count or change */
  statedAt: number | null
}

/** The levels that there are; an item that has none at a location has no stock there. */
export type StockLevels = ReadonlyMap<string, StockLevel>

/** The key of an item's level at a location. */
export const levelKey = (statement: { itemId: string; locationId: string }) => `${statement.itemId} ${statement.locationId}`

/**
 * Whether something newer was applied already. A count is outdated by any newer statement. A change is outdated only by
 * a newer count, which has it in it; among each other changes add up in any order.
 */
export function isStale({ adjustment, statedAt }: ResolvedStatement, level: StockLevel | undefined): boolean {
  const newest = adjustment === "absolute" ? level?.statedAt : level?.countedAt
  return statedAt !== null && typeof newest === "number" && statedAt < newest
}

/** The later of two times, either of which may be missing. */
export const later = (one: number | null, other: number | null) =>
  one === null ? other : other === null ? one : Math.max(one, other)

function applied(statement: ResolvedStatement, level: StockLevel | undefined, stocked: number): StockLevel {
  const isCount = statement.adjustment === "absolute"
  const counted = isCount ? statement.statedAt : null
  return {
    stocked,
    reserved: level?.reserved ?? 0,
    countedAt: later(level?.countedAt ?? null, counted),
    onHandAt: isCount && statement.quantityIs === "available" ? null : later(level?.onHandAt ?? null, counted),
    statedAt: later(level?.statedAt ?? null, statement.statedAt),
  }
}

/** What a statement makes of a stock: a count of what is for sale leaves what is reserved to be added. */
export function stockAfter({ adjustment, quantityIs, quantity }: Pick<ResolvedStatement, "adjustment" | "quantityIs" | "quantity">, level: StockLevel | undefined) {
  if (adjustment === "delta") {
    return (level?.stocked ?? 0) + quantity
  }
  return quantityIs === "available" ? quantity + (level?.reserved ?? 0) : quantity
}

/** What is wrong with a statement about a stock; undefined for one that can be applied. */
function findFault(
  statement: ResolvedStatement,
  level: StockLevel | undefined,
  wanted: number
): Pick<StockOutcome, "status" | "code" | "message"> | undefined {
  const previous = level?.stocked ?? 0
  if (isStale(statement, level)) {
    return { status: "stale", code: "CONFLICT", message: "a newer statement about this stock was applied already" }
  }
  // what the shop has sold without having it may be below zero, and come up again
  if (wanted < 0 && wanted < previous) {
    return { status: "failed", code: "insufficient_stock", message: `only ${String(previous)} in stock` }
  }
  if (wanted > MAX_QUANTITY) {
    return { status: "failed", code: "VALIDATION_ERROR", message: `the stock would be above ${String(MAX_QUANTITY)}` }
  }
  return undefined
}

/** What becomes of one statement, and the level after it where it is applied. */
function planStatement(statement: ResolvedStatement, level: StockLevel | undefined): { outcome: StockOutcome; level?: StockLevel } {
  const previous = level?.stocked ?? 0
  const wanted = stockAfter(statement, level)
  const fault = findFault(statement, level, wanted)
  const outcome: StockOutcome = {
    sku: statement.sku,
    // an item that has no level at the location yet gets one, be it with nothing in it
    status: fault?.status ?? (wanted === level?.stocked ? "unchanged" : "updated"),
    location_id: statement.locationId,
    previous_quantity: previous,
    new_quantity: fault === undefined ? wanted : previous,
    code: fault?.code ?? null,
    message: fault?.message ?? null,
  }
  if (fault !== undefined) {
    return { outcome }
  }
  const oversold = (level?.reserved ?? 0) - wanted
  return { outcome: oversold > 0 ? { ...outcome, oversold_by: oversold } : outcome, level: applied(statement, level, wanted) }
}

/**
 * Works out, without writing, what statements make of the present stock. Statements about the same level follow
 * each other in the order they came: the last count wins, changes add up.
 * @returns an outcome for each statement, and the levels that are not in the end what they were, in their stock or in
 *   the time of what was said of it
 */
export function planStock(statements: readonly ResolvedStatement[], levels: StockLevels) {
  const planned = new Map<string, StockLevel>()
  const outcomes = statements.map((statement) => {
    const key = levelKey(statement)
    const { outcome, level } = planStatement(statement, planned.get(key) ?? levels.get(key))
    if (level !== undefined) {
      planned.set(key, level)
    }
    return outcome
  })
  const changed = new Map<string, StockLevel>()
  for (const [key, level] of planned) {
    const present = levels.get(key)
    if (present?.stocked !== level.stocked || present.statedAt !== level.statedAt) {
      changed.set(key, level)
    }
  }
  return { outcomes, changed }
}
