import { z } from "zod"

import { invalidInput } from "./errors"
import { lineSchema, queryInteger, timeSchema } from "./normalise"

/** A position in a list that is ordered by creation time, then id. The time is a text with Postgres' microseconds. */
export type Position = { created_at: string; id: string }

const positionSchema = z.tuple([z.iso.datetime({ precision: 6 }).refine((time) => !time.startsWith("0000")), lineSchema])

/** Writes a position as the opaque `next_cursor` of a list (contract 1, "Lists"). */
export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position.created_at, position.id])).toString("base64url")
}

/**
 * Reads a `cursor` back.
 * @throws WireError `VALIDATION_ERROR` for a cursor that the plugin did not make
 */
export function decodeCursor(cursor: string): Position {
  try {
    const [createdAt, id] = positionSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()))
    return { created_at: createdAt, id }
  } catch {
    throw invalidInput("cursor", "is not a cursor that this list gave out")
  }
}

/** The members that the query of every list has (contract 1, "Lists"). */
export function listQuery(input: { defaultLimit: number }) {
  return {
    updated_since: timeSchema("start").optional(),
    limit: queryInteger({ min: 1, max: 500, fallback: input.defaultLimit }),
    offset: queryInteger({ min: 0, max: 2_147_483_647, fallback: 0 }),
    cursor: z.string().min(1).max(1024).optional(),
  }
}

/** The requested page of a list: how many rows, after which position, and how many to skip. */
export type PageRequest = { limit: number; offset: number; after: Position | undefined }

/**
 * Reads the requested page from a query.
 * @throws WireError `VALIDATION_ERROR` for a cursor that the plugin did not make
 */
export function pageRequest(query: { limit: number; offset: number; cursor?: string | undefined }): PageRequest {
  const { limit, offset, cursor } = query
  return { limit, offset, after: cursor === undefined ? undefined : decodeCursor(cursor) }
}

/**
 * The members that each list has beside its rows: totals at the top level for clients of February's description, and `pagination`
 * for those of January's (contract 1, "Lists").
 * @param page.total the number of all rows
 * @param page.hasMore whether rows follow this page
 * @param page.last the position of the last row of the page
 */
export function listEnvelope(
  request: Pick<PageRequest, "limit" | "offset">,
  page: { total: number; hasMore: boolean; last: Position | null }
) {
  const { limit, offset } = request
  const { total, hasMore, last } = page
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
