import { z } from "zod"

import { lineSchema, readMany2one } from "./normalise"

/** The id behind which Odoo may have put a name; one that a sheet or a script has made `4.0` of is 4. */
function bareId(value: unknown): unknown {
  const id = readMany2one(value)?.id ?? value
  return typeof id === "string" ? id.replace(/^(\s*\d+)\.0+(?=\s*$)/, "$1") : id
}

/**
 * An id of Odoo: a whole number from 1, or a text; Odoo may send it with the record's name, as `[7, "S00007"]`
 * (contract 1, "Tolerance"). It is kept as text.
 */
export const odooIdSchema = z
  .preprocess(
    bareId,
    z.union([z.number().int().min(1), lineSchema], "must be a whole number or a text of one line")
  )
  .transform(String)

/** An id as it goes out: a whole number where it is one, anything else as it came. */
export function toOdooId(value: string): number | string {
  return /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value
}
