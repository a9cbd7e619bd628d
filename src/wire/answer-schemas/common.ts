import { z } from "zod"

/** The members that every list carries beside its rows (contract 1, "Lists"). */
export const listAnswer = {
  total: z.int().min(0),
  limit: z.int().min(1),
  offset: z.int().min(0),
  pagination: z.object({
    total: z.int().min(0),
    limit: z.int().min(1),
    offset: z.int().min(0),
    has_more: z.boolean(),
    next_cursor: z.string().nullable().describe("the `cursor` of the next page; null on the last one"),
  }),
}

/** A point in time as the wire writes it: ISO 8601, UTC. */
export const isoTime = z.iso.datetime()

/** An id in Odoo on the wire: a number where its text is one. */
export const odooId = z.union([z.int(), z.string()])
