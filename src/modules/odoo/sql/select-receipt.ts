import { rowsOf, type Db } from "../../../database/statement"
import type { KeyedRequest } from "./open-receipt"

/** The answer to an idempotency key; `status` and `body` are null while the first request is at work. */
export type ReceiptRow = { fingerprint: string; status: number | null; body: string | null }

/** The receipt of a key. Hand-written, because a repeat asks for it until the first request has been answered. */
export async function selectReceipt(db: Db, request: Pick<KeyedRequest, "scope" | "key">): Promise<ReceiptRow | undefined> {
  const rows = await rowsOf<ReceiptRow>(
    db,
    `SELECT fingerprint, status, body FROM odoo_receipt WHERE scope = :scope AND key = :key AND deleted_at IS NULL`,
    { scope: request.scope, key: request.key }
  )
  return rows[0]
}
