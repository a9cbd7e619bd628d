import { remarksOf, type PlacedCount } from "./inventory-answers"
import type { QuantityIs } from "./schemas/inventory"

/** Why a count differs, or can not be compared. Several may hold. */
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

/** One of Odoo's counts that is not what the shop has; null where there is nothing to say it of. */
export type StockDifference = {
  /** its place in what was sent, from 0 */
  index: number
  sku: string
  location_id: string | null
  location_name: string | null
  odoo_quantity: number | null
  quantity_is: QuantityIs | null
  stocked_quantity: number | null
  reserved_quantity: number | null
  available_quantity: number | null
  /** Odoo's number less the shop's that it stands for */
  difference: number | null
  reasons: DriftReason[]
  message: string
  /** whether the stock was set to what Odoo counts */
  applied: boolean
  /** what is stocked now, where it was set */
  new_quantity?: number | null
  /** how many pieces are sold and, as Odoo counts, not there */
  oversold_by?: number
  /** what Odoo has counted, where that was rounded down to whole pieces */
  rounded_from?: number
}

/** How the shop's stock differs from Odoo's, count by count. */
export type StockReport = {
  success: boolean
  /** whether what differs was to be set */
  applied: boolean
  summary: {
    total: number
    equal: number
    differing: number
    unknown: number
    failed: number
    duplicates: number
    applied?: number
    /** how many counts each reason holds for */
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
 * @param total how many counts were compared; those that do not differ are not among the differences
 * @param applied whether what differs was to be set
 * @param equal the counts that do not differ, for what is to be said of them all the same
 */
export function stockReport(total: number, differences: StockDifference[], applied: boolean, equal: readonly PlacedCount[] = []): StockReport {
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
