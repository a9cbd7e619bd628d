import { CsvError, parse } from "csv-parse/sync"

import { COUNTS, readHeader, withoutSums, type CountColumns } from "./count-columns"
import { numberReader } from "./count-numbers"
import { invalidInput } from "./errors"
import { isBlank } from "./normalise"

type Item = Partial<Record<string, string>>

/** The delimiter of a CSV file. Excel uses a comma, a semicolon or a tab, depending on the decimal sign of the country. */
function delimiterOf(header: string): string {
  const unquoted = header.replace(/"[^"]*"/g, "")
  const count = (delimiter: string) => unquoted.split(delimiter).length
  return [",", ";", "\t"].reduce((most, delimiter) => (count(delimiter) > count(most) ? delimiter : most))
}

function readCells(text: string): string[][] {
  const [header = ""] = text.split(/\r?\n/, 1)
  try {
    return parse(text, { delimiter: delimiterOf(header), skip_empty_lines: true, trim: true })
  } catch (error) {
    throw error instanceof CsvError ? invalidInput("", `The file can not be read as CSV: ${error.message}`) : error
  }
}

/** The members of a row. Where several columns hold the same member, the first one with a value counts. */
function itemOf(row: readonly string[], { members }: CountColumns): Item {
  const said = members.map((member, column) => [member, row[column]] as const).filter(([, cell]) => !isBlank(cell))
  return Object.fromEntries(said.reverse())
}

/**
 * Names the location of a count as the wire does. Odoo calls a location `WH/Stock`. A text is an id where it begins with `sloc_`
 * or has only digits, and, in a file of products, where it has no slash.
 */
function withLocation({ location_id: id, location, warehouse_name: warehouse, ...item }: Item, areQuants: boolean): Item {
  const isId = id !== undefined && (/^(?:sloc_|\d+$)/.test(id) || !(areQuants || id.includes("/")))
  const name = warehouse ?? location ?? (isId ? undefined : id)
  return {
    ...item,
    ...(isId && !(areQuants && warehouse !== undefined) ? { location_id: id } : {}),
    ...(name === undefined ? {} : { warehouse_name: name }),
  }
}

/** The contents of a file of counts. */
export type CountFile = {
  /** in the form of the wire, not yet checked */
  items: unknown[]
  /** whether the items are parts of a stock, such as the pieces on one shelf, which have to be added up by SKU and location */
  areParts: boolean
}

function readCsv(text: string): CountFile {
  const [header, ...cells] = readCells(text)
  if (header === undefined) {
    return { items: [], areParts: false }
  }
  const columns = readHeader(header)
  const { members, areQuants } = columns
  const rows = withoutSums(cells)
  const isCount = (column: number) => COUNTS.includes(members[column] ?? "")
  const readNumber = numberReader(rows.flatMap((row) => row.filter((_, column) => isCount(column))))
  const items = rows.map((row) => itemOf(row.map((cell, column) => (isCount(column) ? readNumber(cell) : cell)), columns))
  // locations outside of a warehouse (customers, losses, transit) hold no stock of the shop
  const inShop = areQuants && members.includes("warehouse_name") ? items.filter((item) => item.warehouse_name !== undefined) : items
  return { items: inShop.map((item) => withLocation(item, areQuants)), areParts: areQuants }
}

function readJson(text: string): unknown[] {
  const value = parsed(text)
  const items = typeof value === "object" && value !== null && "items" in value ? value.items : value
  if (!Array.isArray(items)) {
    throw invalidInput("", "The file must hold a list, or an object with the list items.")
  }
  return items as unknown[]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidInput("", "The file is not valid JSON.")
  }
}

/** The first bytes of Excel's files: `.xlsx` since 2007, and `.xls` before. */
const WORKBOOKS = ["504b0304", "d0cf11e0"]

/**
 * Decodes a file in UTF-8, or in UTF-16 with a byte order mark, which Excel calls Unicode text.
 * @throws WireError `VALIDATION_ERROR` for a workbook of Excel, and for bytes that are no text
 */
export function textOfFile(bytes: Buffer): string {
  if (WORKBOOKS.includes(bytes.subarray(0, 4).toString("hex"))) {
    throw invalidInput("", "The file is a workbook of Excel, which is not read: export as CSV, in Odoo or in Excel.")
  }
  const text = bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "utf8")
  if (text.includes("\0")) {
    throw invalidInput("", "The file is no text: export as CSV or JSON.")
  }
  return text
}

/**
 * Reads a file of counts. JSON: a list, or `{"items": […]}`. CSV with a header, separated by commas, semicolons or tabs: the names
 * of the wire, or an export of products or stock from Odoo. A byte order mark is allowed.
 * @throws WireError `VALIDATION_ERROR` for any other file, for a missing column, and for ambiguous numbers
 */
export function readCountFile(content: string): CountFile {
  const text = content.replace(/^\uFEFF/, "")
  return /^\s*[[{]/.test(text) ? { items: readJson(text), areParts: false } : readCsv(text)
}
