import type { OdooClient } from "../../odoo-client"

/** A value of a record; a list for a relation to several records, by their ids. */
export type Cell = string | number | boolean | readonly number[]

const cellText = (cell: Cell): string => (typeof cell === "boolean" ? (cell ? "1" : "0") : Array.isArray(cell) ? cell.join(",") : String(cell))

/** What Odoo has refused to make, with its words, which may speak of people. */
export class Refused extends Error {
  override readonly name = "Refused"

  /** @param model may be logged; @param reason must not be */
  constructor(
    readonly model: string,
    readonly reason: string
  ) {
    super(`Odoo refused a record of ${model}.`)
  }
}

/** The rows of a record with lines, as Odoo's import reads them: the record's own columns stand in the first row. */
export type Loaded = { values: Readonly<Record<string, Cell>>; lines?: { field: string; rows: readonly Readonly<Record<string, Cell>>[] } }

/**
 * Makes a record by Odoo's import, once: what has the same external id is the same record, also where the answer to an earlier
 * call was lost. An existing record takes the values.
 * @param id the external id, `<module>.<name>`
 * @returns Odoo's id of the record
 * @throws Refused, OdooError
 */
export async function loadWithLines(client: OdooClient, model: string, id: string, { values, lines }: Loaded): Promise<number> {
  const own = Object.keys(values)
  const lineColumns = [...new Set((lines?.rows ?? []).flatMap((row) => Object.keys(row)))]
  const first = [id, ...own.map((column) => cellText(values[column] ?? ""))]
  const others = ["", ...own.map(() => "")]
  const rows = (lines?.rows ?? []).map((row, index) => [
    ...(index === 0 ? first : others),
    ...lineColumns.map((column) => cellText(row[column] ?? "")),
  ])
  const result = await client.load(
    model,
    ["id", ...own, ...lineColumns.map((column) => `${lines?.field ?? ""}/${column}`)],
    rows.length === 0 ? [first] : rows
  )
  if ("refused" in result) {
    throw new Refused(model, result.refused.join(" "))
  }
  const [made] = result.ids
  if (made === undefined) {
    throw new Refused(model, "Odoo made nothing.")
  }
  return made
}

/** Makes a record without lines; see {@link loadWithLines}. */
export const loadRecord = (client: OdooClient, model: string, id: string, values: Readonly<Record<string, Cell>>) =>
  loadWithLines(client, model, id, { values })
