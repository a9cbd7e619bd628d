import { CsvError, parse } from "csv-parse/sync"

import { invalidInput } from "./errors"
import { isBlank } from "./normalise"

/** The columns of which a file has to have one each: what is counted, and how many there are. */
const NEEDED = [["sku", "default_code"], ["quantity", "qty_available", "free_qty"]] as const

/** Excel separates columns by what the country's decimals leave free. */
function delimiterOf(header: string): "," | ";" {
  return header.split(";").length > header.split(",").length ? ";" : ","
}

function checkColumns(columns: readonly string[]): string[] {
  for (const names of NEEDED) {
    if (!names.some((name) => columns.includes(name))) {
      throw invalidInput("", `The file has no column ${names.join(" or ")}; its columns are ${columns.join(", ")}.`)
    }
  }
  return [...columns]
}

function readCsv(text: string): unknown[] {
  const [header = ""] = text.split(/\r?\n/, 1)
  try {
    const rows = parse<Record<string, string>>(text, {
      columns: (names: string[]) => checkColumns(names.map((name) => name.toLowerCase())),
      delimiter: delimiterOf(header),
      skip_empty_lines: true,
      trim: true,
    })
    // a cell with nothing in it says nothing
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => !isBlank(cell))))
  } catch (error) {
    throw error instanceof CsvError ? invalidInput("", `The file can not be read as CSV: ${error.message}`) : error
  }
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

/**
 * Reads a file of counts: JSON, the list alone or `{"items": […]}`, or CSV with a header, its columns separated by commas
 * or semicolons. It may begin with a byte order mark.
 * @returns the items as the wire takes them, not yet checked
 * @throws WireError `VALIDATION_ERROR` for what is neither, and for a table that lacks a column
 */
export function readCountFile(content: string): unknown[] {
  const text = content.replace(/^\uFEFF/, "")
  return /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text)
}
