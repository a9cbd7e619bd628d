import { generateEntityId } from "@medusajs/framework/utils"

import type { NewRefusal, Said } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/** Inserts a refusal. A repeat of the same request adds no row. Hand-written for its `ON CONFLICT`. */
export async function noteRefusal(db: Db, refusal: NewRefusal): Promise<void> {
  await rowsOf(
    db,
    `INSERT INTO odoo_refusal AS refusal (id, record_kind, record_id, said, code, message, details, refused_at)
     VALUES (:id, :kind, :recordId, :said, :code, :message, CAST(:details AS jsonb), now())
     ON CONFLICT (record_kind, record_id, said) WHERE settled_at IS NULL AND deleted_at IS NULL
     DO UPDATE SET code = excluded.code, message = excluded.message, details = excluded.details,
       times = refusal.times + 1, refused_at = excluded.refused_at, updated_at = now()`,
    { id: generateEntityId(undefined, "orfs"), ...refusal, details: JSON.stringify(refusal.details) }
  )
}

/** Settles the open refusal of a request that was accepted now. */
export async function settleRefusal(db: Db, { kind, recordId, said }: Said): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_refusal SET settled_at = now(), updated_at = now()
     WHERE record_kind = :kind AND record_id = :recordId AND said = :said AND settled_at IS NULL AND deleted_at IS NULL`,
    { kind, recordId, said }
  )
}

/** Settles a refusal with the reason of a person. @returns whether it was open */
export async function dismissRefusal(db: Db, id: string, reason: string): Promise<boolean> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `UPDATE odoo_refusal SET settled_at = now(), dismissal = :reason, updated_at = now()
     WHERE id = :id AND settled_at IS NULL AND deleted_at IS NULL
     RETURNING id`,
    { id, reason }
  )
  return rows.length > 0
}
