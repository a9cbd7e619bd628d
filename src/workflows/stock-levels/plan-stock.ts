import { minusQuantity, plusQuantity, type CountReading } from "../../wire/counts"
import type { StockOutcome } from "../../wire/inventory-answers"
import { MAX_QUANTITY } from "../../wire/normalise"
import type { QuantityIs, StockStatement } from "../../wire/schemas/inventory"

/** A statement of stock whose item and location are known. `readCount` gives the count. */
export type ResolvedStatement = CountReading & {
  sku: string
  itemId: string
  locationId: string
  adjustment: StockStatement["adjustment"]
  /** whether a count is of the pieces on hand, or of the available ones */
  quantityIs: QuantityIs
  /** the time of the statement; milliseconds since 1970, null where it has none */
  statedAt: number | null
}

/** The outcome of each statement. The key is the object: two equal statements are two keys. */
export type StockOutcomes = ReadonlyMap<ResolvedStatement, StockOutcome>

/** The outcome of a statement. @throws Error for a statement without an outcome */
export function outcomeOf(outcomes: StockOutcomes, statement: ResolvedStatement): StockOutcome {
  const outcome = outcomes.get(statement)
  if (outcome === undefined) {
    throw new Error(`The statement about the stock of ${statement.sku} has no outcome.`)
  }
  return outcome
}

/** The stock and the reserved pieces of an item at a location, and the times of the latest statements about it. */
export type StockLevel = {
  stocked: number
  reserved: number
  /** the time of the latest count */
  countedAt: number | null
  /** the time of the latest count of pieces on hand; null after a count of available pieces */
  onHandAt: number | null
  /** the time of the latest count or change */
  statedAt: number | null
}

/** Levels by their keys. An item without a level at a location has no stock there. */
export type StockLevels = ReadonlyMap<string, StockLevel>

/** The key of an item's level at a location. */
export const levelKey = (statement: { itemId: string; locationId: string }) => `${statement.itemId} ${statement.locationId}`

/**
 * Whether a newer statement was applied already. A count is stale after any newer statement. A change is stale only after a
 * newer count, which includes the change; changes add up in any order.
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

/** The stock on hand after a statement. To a count of available pieces the reserved ones are added. */
export function stockAfter({ adjustment, quantityIs, quantity }: Pick<ResolvedStatement, "adjustment" | "quantityIs" | "quantity">, level: StockLevel | undefined) {
  if (adjustment === "delta") {
    return plusQuantity(level?.stocked ?? 0, quantity)
  }
  return quantityIs === "available" ? plusQuantity(quantity, level?.reserved ?? 0) : quantity
}

/** How many pieces are sold and missing after a statement: those reserved beyond the stock, and those that Odoo counts below 0. */
export const missingAfter = (statement: CountReading, reserved: number, stocked: number) =>
  plusQuantity(Math.max(0, minusQuantity(reserved, stocked)), statement.oversold_by ?? 0)

/** Why a statement can not be applied; undefined where it can. */
function findFault(
  statement: ResolvedStatement,
  level: StockLevel | undefined,
  wanted: number
): Pick<StockOutcome, "status" | "code" | "message"> | undefined {
  const previous = level?.stocked ?? 0
  if (isStale(statement, level)) {
    return { status: "stale", code: "CONFLICT", message: "a newer statement about this stock was applied already" }
  }
  // stock that is negative because of sales without stock may increase
  if (wanted < 0 && wanted < previous) {
    return { status: "failed", code: "insufficient_stock", message: `only ${String(previous)} in stock` }
  }
  if (wanted > MAX_QUANTITY) {
    return { status: "failed", code: "VALIDATION_ERROR", message: `the stock would be above ${String(MAX_QUANTITY)}` }
  }
  return undefined
}

/** The outcome of one statement, and the level after it where it is applied. */
function planStatement(statement: ResolvedStatement, level: StockLevel | undefined): { outcome: StockOutcome; level?: StockLevel } {
  const previous = level?.stocked ?? 0
  const wanted = stockAfter(statement, level)
  const fault = findFault(statement, level, wanted)
  const outcome: StockOutcome = {
    sku: statement.sku,
    // an item without a level at the location gets one, even with a stock of 0
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
  const missing = missingAfter(statement, level?.reserved ?? 0, wanted)
  const remarks = {
    ...(missing > 0 ? { oversold_by: missing } : {}),
    ...(statement.rounded_from === undefined ? {} : { rounded_from: statement.rounded_from }),
  }
  return { outcome: { ...outcome, ...remarks }, level: applied(statement, level, wanted) }
}

/**
 * Plans, without writing, the stock after some statements. Statements about the same level apply in their order: the last
 * count wins, and changes add up.
 * @returns an outcome for each statement, and the levels whose stock or time of the latest statement differs in the end
 */
export function planStock(statements: readonly ResolvedStatement[], levels: StockLevels): { outcomes: StockOutcomes; changed: Map<string, StockLevel> } {
  const planned = new Map<string, StockLevel>()
  const outcomes = new Map<ResolvedStatement, StockOutcome>()
  for (const statement of statements) {
    const key = levelKey(statement)
    const { outcome, level } = planStatement(statement, planned.get(key) ?? levels.get(key))
    if (level !== undefined) {
      planned.set(key, level)
    }
    outcomes.set(statement, outcome)
  }
  const changed = new Map<string, StockLevel>()
  for (const [key, level] of planned) {
    const present = levels.get(key)
    if (present?.stocked !== level.stocked || present.statedAt !== level.statedAt) {
      changed.set(key, level)
    }
  }
  return { outcomes, changed }
}
