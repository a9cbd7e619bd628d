import { stringify } from "csv-stringify/sync"

import type { StockDifference, StockReport } from "./stock-report"

/** The columns of the file, in their order. */
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

/** The name of the file. */
export const REPORT_FILE = "odoo-stock-differences.csv"

/**
 * Writes a report as CSV: a header, and a row for each difference; several reasons are separated by blanks. A text that a
 * spreadsheet would take for a formula begins with an apostrophe.
 * @param options.bom whether the text begins with a byte order mark, by which Excel recognizes UTF-8
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
