import type { Scope } from "../../../wire/scopes"
import { rowsOf, type Db } from "../../../database/statement"

/** A generated key as access needs it. */
export type ApiKeyRow = { id: string; digest: string; scopes: Scope[] }

/** The live key with this digest. Hand-written, because every request under `/odoo` asks it. */
export async function selectApiKey(db: Db, digest: string): Promise<ApiKeyRow | undefined> {
  const rows = await rowsOf<ApiKeyRow>(
    db,
    `SELECT id, digest, scopes FROM odoo_api_key
     WHERE digest = :digest AND revoked_at IS NULL AND deleted_at IS NULL`,
    { digest }
  )
  return rows[0]
}
