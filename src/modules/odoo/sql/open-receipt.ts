import { generateEntityId } from "@medusajs/framework/utils"

import type { OpenReceipt } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/** A request that carries an idempotency key. */
export type KeyedRequest = {
  /** method and path: the same key on another route is another key */
  scope: string
  key: string
  /** SHA-256 of the body in canonical form, in hexadecimal */
  fingerprint: string
}

/**
 * Leases an idempotency key to a request before its work. Hand-written for its `ON CONFLICT … WHERE`: of two simultaneous
 * requests, one gets the key. The key of an expired receipt, or of a request that died before it was answered, is taken over; in
 * the second case together with the outcome, where there is one.
 * @returns the receipt, which the request holds until it is completed or released; undefined when another request holds the key
 */
export async function openReceipt(
  db: Db,
  request: KeyedRequest & { ttlMs: number; leaseMs: number }
): Promise<OpenReceipt | undefined> {
  const rows = await rowsOf<OpenReceipt>(
    db,
    `INSERT INTO odoo_receipt AS receipt (id, scope, key, fingerprint, leased_until, expires_at)
     VALUES (:id, :scope, :key, :fingerprint, now() + :leaseMs * interval '1 millisecond', now() + :ttlMs * interval '1 millisecond')
     ON CONFLICT (scope, key) WHERE deleted_at IS NULL
     DO UPDATE SET id = excluded.id, fingerprint = excluded.fingerprint, status = NULL, body = NULL,
       outcome = CASE WHEN receipt.expires_at < now() THEN NULL ELSE receipt.outcome END,
       leased_until = excluded.leased_until, expires_at = excluded.expires_at, updated_at = now()
     WHERE receipt.expires_at < now()
        OR (receipt.status IS NULL AND receipt.leased_until < now() AND receipt.fingerprint = excluded.fingerprint)
     RETURNING id, outcome`,
    { id: generateEntityId(undefined, "orcp"), ...request }
  )
  return rows[0]
}
