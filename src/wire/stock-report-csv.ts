import { stringify } from "csv-stringify/sync"

import type { StockDifference, StockReport } from "./stock-report"

/** The columns, in their order. */
const COLUMNS: readonly (keyof StockDifference)[] = [
  "index",
  "sku",
  "location_id",
  "location_name",
  "odoo_quantity",
  "quantity_is",
  "stocked_quantity",
  "reserved_quantity",
  "available_quantity",
  "difference",
  "reasons",
  "message",
  "applied",
  "new_quantity",
  "oversold_by",
  "rounded_from",
]

/** What a report is called as a file. */
export const REPORT_FILE = "odoo-stock-differences.csv"

/**
 * A report as CSV: a row with the columns' names, and one for each difference; reasons are separated by blanks. A text
 * that a spreadsheet would take for a formula, be it a SKU, has an apostrophe before it.
 * @param options.bom begins with a byte order mark, by which Excel knows a file as UTF-8
 */
export function stockReportCsv({ differences }: StockReport, options: { bom?: boolean } = {}): string {
  const rows = differences.map((difference) => ({ ...difference, reasons: difference.reasons.join(" ") }))
  return stringify(rows, {
    header: true,
    columns: [...COLUMNS],
    cast: { boolean: String },
    escape_formulas: true,
    bom: options.bom ?? false,
  })
}
