import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

import type { RecordKind } from "../../modules/odoo/types"
import { syncedFilter } from "../../queries/synced-filter"
import { requireRecordType } from "../../records"
import { queryBoolean } from "../../wire/normalise"

/** The filter of each request, stored while Medusa validates the rest of the query. */
const asked = new WeakMap<MedusaRequest, boolean>()

/**
 * Removes `metadata[odoo_synced]` from the query of Medusa's own list, which would refuse or ignore it, and stores its value. Runs
 * before Medusa validates the query, and only for the path of the list itself.
 * @throws MedusaError `invalid_data` for values other than true and false
 */
export function takeSyncedFilter(request: MedusaRequest, _: MedusaResponse, next: MedusaNextFunction): void {
  const { metadata, ...others } = request.query
  if (request.path !== "/" || typeof metadata !== "object" || Array.isArray(metadata) || !("odoo_synced" in metadata)) {
    next()
    return
  }
  const { odoo_synced: given, ...rest } = metadata
  const synced = queryBoolean.safeParse(given)
  if (!synced.success) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, "Invalid request: metadata[odoo_synced] must be true or false")
  }
  asked.set(request, synced.data)
  request.query = Object.keys(rest).length === 0 ? others : { ...others, metadata: rest }
  next()
}

/** Applies the filter to Medusa's own list. Runs after Medusa has validated the query, and before its route. */
export function applySyncedFilter(kind: RecordKind) {
  return async (request: MedusaRequest, _: MedusaResponse, next: MedusaNextFunction): Promise<void> => {
    const synced = asked.get(request)
    if (synced !== undefined) {
      const given: unknown = request.filterableFields.$and
      request.filterableFields.$and = [
        ...(Array.isArray(given) ? (given as unknown[]) : []),
        ...(await syncedFilter(request.scope, requireRecordType(kind).source, synced)),
      ]
    }
    next()
  }
}
