import { z } from "@medusajs/framework/zod"

import { invalidInput } from "./errors"
import { lineSchema } from "./normalise"

/** A place in a list that is ordered by creation time, then id; times keep Postgres' microseconds as text. */
export type Position = { created_at: string; id: string }

const positionSchema = z.tuple([z.iso.datetime({ precision: 6 }).refine((time) => !time.startsWith("0000")), lineSchema])

/** Writes a place as the opaque `next_cursor` of a list (contract 1, "Lists"). */
export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position.created_at, position.id])).toString("base64url")
}

/**
 * Reads a `cursor` back.
 * @throws WireError `VALIDATION_ERROR` when it is not one of ours
 */
export function decodeCursor(cursor: string): Position {
  try {
    const [createdAt, id] = positionSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()))
    return { created_at: createdAt, id }
  } catch {
    throw invalidInput("cursor", "is not a cursor that this list gave out")
  }
}

export type Page = {
  total: number
  limit: number
  offset: number
  /** whether anything follows this page */
  hasMore: boolean
  /** the place of the page's last row */
  last: Position | null
}

/**
 * The members that every list carries beside its rows: flat totals for clients of February's description,
 * `pagination` for those of January's (contract 1, "Lists").
 */
export function listEnvelope(page: Page) {
  const { total, limit, offset, hasMore, last } = page
  return {
    total,
    limit,
    offset,
    pagination: {
      total,
      limit,
      offset,
      has_more: hasMore,
      next_cursor: hasMore && last !== null ? encodeCursor(last) : null,
    },
  }
}
