import type { RecordKind } from "../modules/odoo/types"
import { invalidInput } from "../wire/errors"
import { recordTypes } from "./registry"

/**
 * Checks that the `record_kind` of a query is registered.
 * @returns the query
 * @throws WireError `VALIDATION_ERROR`, which names the registered kinds
 */
export function withKnownKind<T extends { record_kind?: RecordKind | undefined }>(query: T): T {
  const kinds = recordTypes().map(({ kind }) => kind)
  if (query.record_kind !== undefined && !kinds.includes(query.record_kind)) {
    throw invalidInput("record_kind", `must be one of ${kinds.join(", ")}`)
  }
  return query
}
