import { remarksOf, type RemarkedCount } from "./inventory-answers"
import type { QuantityIs } from "./schemas/inventory"

/** The reasons why a count differs from the stock or can not be compared; several may apply to one count. */
export const DRIFT_REASONS = [
  "reserved",
  "oversold",
  "no_level",
  "stale",
  "changed_since",
  "duplicate",
  "unknown_sku",
  "unknown_location",
  "unreadable",
] as const

export type DriftReason = (typeof DRIFT_REASONS)[number]

/** A count of Odoo's that differs from the stock; members without a value are null. */
export type StockDifference = {
  /** the index of the count in the request */
  index: number
  sku: string
  location_id: string | null
  location_name: string | null
  odoo_quantity: number | null
  quantity_is: QuantityIs | null
  stocked_quantity: number | null
  reserved_quantity: number | null
  available_quantity: number | null
  /** Odoo's number less the shop's number of the same kind */
  difference: number | null
  reasons: DriftReason[]
  message: string
  /** whether the stock was set to the count */
  applied: boolean
  /** the new stock, where it was set */
  new_quantity?: number | null
  /** how many pieces are sold and, by the count, missing */
  oversold_by?: number
  /** the count before it was rounded down to whole pieces */
  rounded_from?: number
}

/** The comparison of the shop's stock with Odoo's counts. */
export type StockReport = {
  success: boolean
  /** whether the request asked to set differing stock */
  applied: boolean
  summary: {
    total: number
    equal: number
    differing: number
    unknown: number
    failed: number
    duplicates: number
    applied?: number
    /** how many counts have each reason */
    reasons: Partial<Record<DriftReason, number>>
  }
  differences: StockDifference[]
} & ReturnType<typeof remarksOf>

const has = (...reasons: readonly DriftReason[]) => (difference: StockDifference) =>
  reasons.some((reason) => difference.reasons.includes(reason))

const isDuplicate = has("duplicate")
const isUnknown = has("unknown_sku")
const isFailed = has("unreadable", "unknown_location")

function countReasons(differences: readonly StockDifference[]): StockReport["summary"]["reasons"] {
  const counted = DRIFT_REASONS.map((reason) => [reason, differences.filter(has(reason)).length] as const)
  return Object.fromEntries(counted.filter(([, count]) => count > 0))
}

/**
 * Sums up a comparison.
 * @param total the number of compared counts
 * @param differences the counts that differ
 * @param applied whether the request asked to set differing stock
 * @param equal the counts that do not differ, of which some may have remarks
 */
export function stockReport(total: number, differences: StockDifference[], applied: boolean, equal: readonly RemarkedCount[] = []): StockReport {
  const single = differences.filter((difference) => !isDuplicate(difference))
  const [unknown, failed] = [single.filter(isUnknown).length, single.filter(isFailed).length]
  return {
    success: applied ? single.every((difference) => difference.applied) : unknown + failed === 0,
    applied,
    summary: {
      total,
      equal: total - differences.length,
      differing: single.length - unknown - failed,
      unknown,
      failed,
      duplicates: differences.length - single.length,
      ...(applied ? { applied: differences.filter((difference) => difference.applied).length } : {}),
      reasons: countReasons(differences),
    },
    differences,
    ...remarksOf(equal),
  }
}
