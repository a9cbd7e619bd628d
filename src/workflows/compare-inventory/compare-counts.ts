import { minusQuantity } from "../../wire/counts"
import { isApplied, type RemarkedCount, type StockOutcome } from "../../wire/inventory-answers"
import type { DriftReason, StockDifference } from "../../wire/stock-report"
import type { Levels } from "../stock-levels/levels"
import { isStale, levelKey, missingAfter, outcomeOf, planStock, stockAfter, type ResolvedStatement, type StockLevel } from "../stock-levels/plan-stock"
import type { Unresolved } from "../ingest-inventory/statements"

/** The result of comparing one count. */
export type ComparedCount = {
  /** null where the stock equals Odoo's count */
  difference: StockDifference | null
  /** the statement to apply, where the count differs and is not stale */
  toSet: ResolvedStatement | null
  /** the count, where the stock equals it */
  equal?: RemarkedCount
}

/** The stock of the shop with which counts are compared. */
export type ShopStock = Pick<Levels, "stock" | "changedAt"> & { locationNames: ReadonlyMap<string, string> }

/** Why a count differs: as a code and in words. */
type Finding = { reason: DriftReason; words: string }

const COUNTED = { on_hand: "on hand", available: "available" } as const

const OTHER = { on_hand: "available", available: "on_hand" } as const

/**
 * The index of the count that holds for each level: of several counts, the last one that a push would have applied, or the
 * last one of all where a push would have applied none.
 */
function holders(resolved: readonly (ResolvedStatement | Unresolved)[], stock: Levels["stock"]): Map<string, number> {
  const known = resolved.flatMap((entry, index) => ("itemId" in entry ? { statement: entry, index } : []))
  const { outcomes } = planStock(known.map(({ statement }) => statement), stock)
  const holding = new Map<string, number>()
  const applied = new Set<string>()
  for (const { statement, index } of known) {
    const key = levelKey(statement)
    if (isApplied(outcomeOf(outcomes, statement))) {
      applied.add(key)
      holding.set(key, index)
    } else if (!applied.has(key)) {
      holding.set(key, index)
    }
  }
  return holding
}

/** Whether the difference equals the reserved pieces: Odoo has then probably counted the other of the two quantities. */
function findReserved({ quantity, quantityIs }: ResolvedStatement, { stocked, reserved }: StockLevel): Finding[] {
  const other = OTHER[quantityIs]
  return reserved > 0 && quantity === (other === "available" ? minusQuantity(stocked, reserved) : stocked)
    ? [{ reason: "reserved", words: `the difference is what is reserved: Odoo seems to have counted what is ${COUNTED[other]} (quantity_is: ${other})` }]
    : []
}

/**
 * Whether the count is outdated. A count that is older than the latest statement is stale for certain. A later change of the
 * level is only a hint: a level also changes when pieces are reserved, which leaves the pieces on hand as they were.
 */
function findOutdated(statement: ResolvedStatement, level: StockLevel | undefined, changedAt: number | undefined): Finding[] {
  if (isStale(statement, level)) {
    return [{ reason: "stale", words: "a newer statement about this stock was applied already" }]
  }
  if (statement.statedAt !== null && changedAt !== undefined && statement.statedAt < changedAt) {
    const when = new Date(changedAt).toISOString()
    return [{ reason: "changed_since", words: `the stock, or what is reserved of it, changed in the shop after this count, at ${when}` }]
  }
  return []
}

function findOversold({ oversold_by: belowNone = 0 }: ResolvedStatement, missing: number): Finding[] {
  const reserved = minusQuantity(missing, belowNone)
  const words = [
    ...(belowNone > 0 ? [`Odoo has ${String(belowNone)} less than none`] : []),
    ...(reserved > 0 ? [`${String(reserved)} more are reserved than Odoo counts`] : []),
  ]
  return missing > 0 ? [{ reason: "oversold", words: words.join(", and ") }] : []
}

const findMissing = (level: StockLevel | undefined): Finding[] =>
  level === undefined ? [{ reason: "no_level", words: "the item has no stock level at this location" }] : []

const findDuplicate = (holder: number): Finding[] => [
  { reason: "duplicate", words: `the item at place ${String(holder)} is about the same stock, and holds` },
]

const NOTHING: StockLevel = { stocked: 0, reserved: 0, countedAt: null, onHandAt: null, statedAt: null }

function describeCount(statement: ResolvedStatement, index: number, shop: ShopStock, findings: readonly Finding[]): StockDifference {
  const { sku, locationId, quantity, quantityIs, rounded_from } = statement
  const { stocked, reserved } = shop.stock.get(levelKey(statement)) ?? NOTHING
  const available = minusQuantity(stocked, reserved)
  const has = quantityIs === "available" ? available : stocked
  const base = `Odoo counts ${String(quantity)} ${COUNTED[quantityIs]}, the shop has ${String(has)}`
  return {
    index,
    sku,
    location_id: locationId,
    location_name: shop.locationNames.get(locationId) ?? null,
    odoo_quantity: quantity,
    quantity_is: quantityIs,
    stocked_quantity: stocked,
    reserved_quantity: reserved,
    available_quantity: available,
    difference: minusQuantity(quantity, has),
    reasons: findings.map(({ reason }) => reason),
    message: [base, ...findings.map(({ words }) => words)].join("; "),
    applied: false,
    ...(rounded_from === undefined ? {} : { rounded_from }),
  }
}

function compareKnown(statement: ResolvedStatement, index: number, shop: ShopStock, holder: number): ComparedCount {
  if (holder !== index) {
    return { difference: describeCount(statement, index, shop, findDuplicate(holder)), toSet: null }
  }
  const key = levelKey(statement)
  const level = shop.stock.get(key)
  const { stocked, reserved } = level ?? NOTHING
  const wanted = stockAfter(statement, level)
  const oversold = missingAfter(statement, reserved, wanted)
  if (wanted === stocked) {
    const { sku, locationId, rounded_from } = statement
    const equal = { index, sku, location_id: locationId, oversold_by: oversold > 0 ? oversold : undefined, rounded_from }
    return { difference: null, toSet: null, equal }
  }
  const outdated = findOutdated(statement, level, shop.changedAt.get(key))
  const findings = [...findReserved(statement, level ?? NOTHING), ...findOversold(statement, oversold), ...findMissing(level), ...outdated]
  const difference = describeCount(statement, index, shop, findings)
  return {
    difference: oversold > 0 ? { ...difference, oversold_by: oversold } : difference,
    toSet: difference.reasons.includes("stale") ? null : statement,
  }
}

function compareUnresolved({ why, said, locationId, outcome }: Unresolved, index: number, shop: ShopStock): ComparedCount {
  const difference: StockDifference = {
    index,
    sku: outcome.sku,
    location_id: locationId,
    location_name: locationId === null ? null : (shop.locationNames.get(locationId) ?? null),
    odoo_quantity: said?.quantity ?? null,
    quantity_is: said?.quantityIs ?? null,
    stocked_quantity: null,
    reserved_quantity: null,
    available_quantity: null,
    difference: null,
    reasons: [why],
    message: outcome.message ?? "",
    applied: false,
  }
  return { difference, toSet: null }
}

/**
 * Compares counts with the stock of the shop, without writing. An item without a level at a location has no stock there. Of
 * several counts of one level, only the one that would hold after a push is compared.
 * @param resolved counts only, no changes
 * @returns the result of each count, in the order of the counts
 */
export function compareCounts(resolved: readonly (ResolvedStatement | Unresolved)[], shop: ShopStock): ComparedCount[] {
  const holding = holders(resolved, shop.stock)
  return resolved.map((entry, index) =>
    "itemId" in entry
      ? compareKnown(entry, index, shop, holding.get(levelKey(entry)) ?? index)
      : compareUnresolved(entry, index, shop)
  )
}

/** A difference after its count was applied. Applying may have failed: by a newer statement, or a deleted item. */
export function afterSetting(difference: StockDifference, outcome: StockOutcome): StockDifference {
  const { oversold_by: _, ...compared } = difference
  if (isApplied(outcome)) {
    const { new_quantity, oversold_by } = outcome
    return { ...compared, applied: true, new_quantity, ...(oversold_by === undefined ? {} : { oversold_by }) }
  }
  const reasons = outcome.status === "stale" ? [...difference.reasons, "stale" as const] : difference.reasons
  return { ...difference, reasons, message: `${difference.message}; not set: ${outcome.message ?? outcome.status}` }
}
