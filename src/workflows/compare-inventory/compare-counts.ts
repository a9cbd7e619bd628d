import { isApplied, type StockOutcome } from "../../wire/inventory-answers"
import type { DriftReason, StockDifference } from "../../wire/stock-report"
import type { Levels } from "../ingest-inventory/levels"
import { isStale, levelKey, planStock, stockAfter, type ResolvedStatement, type StockLevel } from "../ingest-inventory/plan-stock"
import type { Unresolved } from "../ingest-inventory/resolve-items"

/** What comparing one count came to. */
export type ComparedCount = {
  /** null where the shop has what Odoo counts */
  difference: StockDifference | null
  /** what is to be set, where the count differs and is not outdated */
  toSet: ResolvedStatement | null
}

/** What the shop has, as a comparison looks at it. */
export type ShopStock = Pick<Levels, "stock" | "changedAt"> & { locationNames: ReadonlyMap<string, string> }

/** Why a count differs, and the same in words. */
type Finding = { reason: DriftReason; words: string }

const COUNTED = { on_hand: "on hand", available: "available" } as const

const OTHER = { on_hand: "available", available: "on_hand" } as const

/**
 * Which count holds for each stock, by its place: of several the last one that a push would have applied, or the last
 * where it would have applied none.
 */
function holders(resolved: readonly (ResolvedStatement | Unresolved)[], stock: Levels["stock"]): Map<string, number> {
  const known = resolved.flatMap((entry, index) => ("itemId" in entry ? { statement: entry, index } : []))
  const { outcomes } = planStock(known.map(({ statement }) => statement), stock)
  const holding = new Map<string, number>()
  const applied = new Set<string>()
  known.forEach(({ statement, index }, position) => {
    const key = levelKey(statement)
    const outcome = outcomes[position]
    if (outcome !== undefined && isApplied(outcome)) {
      applied.add(key)
      holding.set(key, index)
    } else if (!applied.has(key)) {
      holding.set(key, index)
    }
  })
  return holding
}

/** The difference is what is reserved, so Odoo has probably counted the other of the two numbers. */
function findReserved({ quantity, quantityIs }: ResolvedStatement, { stocked, reserved }: StockLevel): Finding[] {
  const other = OTHER[quantityIs]
  return reserved > 0 && quantity === (other === "available" ? stocked - reserved : stocked)
    ? [{ reason: "reserved", words: `the difference is what is reserved: Odoo seems to have counted what is ${COUNTED[other]} (quantity_is: ${other})` }]
    : []
}

/**
 * What time tells. A count that is older than the last statement is outdated for certain. That the level changed after
 * it is a hint alone: a level also changes by being reserved, which leaves what is on hand as it was.
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

function findOversold(missing: number): Finding[] {
  return missing > 0 ? [{ reason: "oversold", words: `${String(missing)} more are reserved than Odoo counts` }] : []
}

const findMissing = (level: StockLevel | undefined): Finding[] =>
  level === undefined ? [{ reason: "no_level", words: "the item has no stock level at this location" }] : []

const findDuplicate = (holder: number): Finding[] => [
  { reason: "duplicate", words: `the item at place ${String(holder)} is about the same stock, and holds` },
]

const NOTHING: StockLevel = { stocked: 0, reserved: 0, countedAt: null, onHandAt: null, statedAt: null }

function describeCount(statement: ResolvedStatement, index: number, shop: ShopStock, findings: readonly Finding[]): StockDifference {
  const { sku, locationId, quantity, quantityIs } = statement
  const { stocked, reserved } = shop.stock.get(levelKey(statement)) ?? NOTHING
  const has = quantityIs === "available" ? stocked - reserved : stocked
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
    available_quantity: stocked - reserved,
    difference: quantity - has,
    reasons: findings.map(({ reason }) => reason),
    message: [base, ...findings.map(({ words }) => words)].join("; "),
    applied: false,
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
  if (wanted === stocked) {
    return { difference: null, toSet: null }
  }
  const oversold = Math.max(0, reserved - wanted)
  const outdated = findOutdated(statement, level, shop.changedAt.get(key))
  const findings = [...findReserved(statement, level ?? NOTHING), ...findOversold(oversold), ...findMissing(level), ...outdated]
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
 * Compares counts with what the shop has, without writing. An item without a level at a location has nothing there. Of
 * several counts of one stock, one is compared: the one that would hold in the end if they were pushed.
 * @param resolved counts alone, no changes
 * @returns what each came to, in their order
 */
export function compareCounts(resolved: readonly (ResolvedStatement | Unresolved)[], shop: ShopStock): ComparedCount[] {
  const holding = holders(resolved, shop.stock)
  return resolved.map((entry, index) =>
    "itemId" in entry
      ? compareKnown(entry, index, shop, holding.get(levelKey(entry)) ?? index)
      : compareUnresolved(entry, index, shop)
  )
}

/** A difference after the count was to be set. Meanwhile a newer statement may have come, or the item be deleted. */
export function afterSetting(difference: StockDifference, outcome: StockOutcome): StockDifference {
  const { oversold_by: _, ...compared } = difference
  if (isApplied(outcome)) {
    const { new_quantity, oversold_by } = outcome
    return { ...compared, applied: true, new_quantity, ...(oversold_by === undefined ? {} : { oversold_by }) }
  }
  const reasons = outcome.status === "stale" ? [...difference.reasons, "stale" as const] : difference.reasons
  return { ...difference, reasons, message: `${difference.message}; not set: ${outcome.message ?? outcome.status}` }
}
