import { z } from "zod"

import { lineSchema, readMany2one } from "./normalise"

/** The id of a many2one, or the value itself. `4.0`, which spreadsheets and scripts make of 4, becomes 4. */
function bareId(value: unknown): unknown {
  const id = readMany2one(value)?.id ?? value
  return typeof id === "string" ? id.replace(/^(\s*\d+)\.0+(?=\s*$)/, "$1") : id
}

/**
 * An id in Odoo: a whole number from 1, or a text. Odoo may send it with a name, as `[7, "S00007"]` (contract 1, "Tolerance"). The
 * result is a text.
 */
export const odooIdSchema = z
  .preprocess(
    bareId,
    z.union([z.number().int().min(1), lineSchema], "must be a whole number or a text of one line")
  )
  .transform(String)

/** An id of Odoo in answers: a number where its text is a whole number, else the text. */
export function toOdooId(value: string): number | string {
  return /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value
}
