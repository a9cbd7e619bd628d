import { appendFile, readFile, writeFile } from "fs/promises"
import { extname } from "path"

import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { requiredOption, runCommand, table, type Command, type Given } from "../utils/command-line"
import { readCountFile, textOfFile } from "../wire/count-file"
import { invalidInput } from "../wire/errors"
import { compareStockBody, readCompareItems } from "../wire/schemas/inventory"
import type { StockDifference, StockReport } from "../wire/stock-report"
import { stockReportCsv } from "../wire/stock-report-csv"
import { validate } from "../wire/validate"
import { compareInventoryWorkflow } from "../workflows/compare-inventory/compare-inventory"
import type { CompareInventoryInput } from "../workflows/compare-inventory/compare-items"

/** The exit code where the stock of the shop differs from the counts. An error exits with 1. */
const DIFFERS = 2

const textOf = (value: number | null | undefined) => String(value ?? "")

const row = (difference: StockDifference) => ({
  sku: difference.sku,
  location: difference.location_name ?? "",
  odoo: textOf(difference.odoo_quantity),
  stocked: textOf(difference.stocked_quantity),
  reserved: textOf(difference.reserved_quantity),
  difference: textOf(difference.difference),
  ...(difference.applied ? { "": `set to ${textOf(difference.new_quantity)}; ${difference.message}` } : { "": difference.message }),
})

function summaryOf({ summary, applied }: StockReport): string {
  const { total, equal, differing, unknown, failed, duplicates } = summary
  const counts = `${String(total)} counts: ${String(equal)} equal, ${String(differing)} differing, ${String(unknown)} of unknown SKUs, ${String(failed)} that could not be compared, ${String(duplicates)} duplicates.`
  return `${counts} ${applied ? `${String(summary.applied ?? 0)} were set.` : "Nothing was changed."}`
}

/** The functions that write a report, by the name of the format. */
const FORMS = {
  text: (report: StockReport) => `${table(report.differences.map(row), "Shop and Odoo agree.")}\n\n${summaryOf(report)}`,
  json: (report: StockReport) => JSON.stringify(report, null, 2),
  csv: (report: StockReport, toFile: boolean) => stockReportCsv(report, { bom: toFile }),
}

const isForm = (name: string): name is keyof typeof FORMS => Object.hasOwn(FORMS, name)

/** The format that `--format` names, else the one of the file's extension, else text. */
function formOf({ format, out = "" }: Given["values"]) {
  const extension = extname(out).slice(1)
  const name = format ?? (isForm(extension) ? extension : "text")
  if (!isForm(name)) {
    throw invalidInput("", `--format must be one of ${Object.keys(FORMS).join(", ")}.`)
  }
  return FORMS[name]
}

async function readCounts(file: string): Promise<Pick<CompareInventoryInput, "items" | "areParts">> {
  const content = await readFile(file).catch(() => {
    throw invalidInput("", `The file ${file} can not be read.`)
  })
  const { items, areParts } = readCountFile(textOfFile(content))
  return { items: readCompareItems(validate(compareStockBody, { items }).items), areParts }
}

/** Checks that a file can be written, before anything is changed. */
async function requireWritable(file: string): Promise<void> {
  await appendFile(file, "").catch(() => {
    throw invalidInput("", `The file ${file} can not be written.`)
  })
}

/** Whether the shop has every count now, including those that were applied. */
const agrees = ({ summary }: StockReport) => summary.equal + summary.duplicates + (summary.applied ?? 0) === summary.total

async function compare(container: MedusaContainer, { values, flags }: Given): Promise<string> {
  const form = formOf(values)
  const counts = await readCounts(requiredOption(values, "file"))
  const { out } = values
  if (out !== undefined) {
    await requireWritable(out)
  }
  const { result: report } = await compareInventoryWorkflow(container).run({ input: { ...counts, apply: flags.has("apply") } })
  if (!agrees(report)) {
    process.exitCode = DIFFERS
  }
  if (out === undefined) {
    return form(report, false)
  }
  await writeFile(out, form(report, true))
  return `${summaryOf(report)} ${out} has the differences.`
}

/**
 * Compares the shop's stock with Odoo's counts. With `--apply` the stock is set to the counts.
 *
 *     npx medusa exec <path>/odoo-stock -- compare --file counts.csv
 */
export default async function odooStock({ container, args }: ExecArgs): Promise<void> {
  const commands: Record<string, Command> = {
    compare: {
      usage: "--file <counts.csv or counts.json>  shows where the stock differs; --format text, json or csv; --apply sets what differs",
      options: ["file", "format", "out"],
      flags: ["apply"],
      run: (given) => compare(container, given),
    },
  }
  await runCommand("odoo-stock", commands, args)
}
