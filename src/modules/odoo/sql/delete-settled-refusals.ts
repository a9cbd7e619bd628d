import { rowsOf, type Db } from "../../../database/statement"

/** Removes some of the refusals that were settled long ago. Hand-written, to take a bounded number at a time. */
export async function deleteSettledRefusals(db: Db, input: { olderThanMs: number; limit: number }): Promise<number> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `DELETE FROM odoo_refusal
     WHERE id IN (SELECT id FROM odoo_refusal WHERE settled_at < now() - :olderThanMs * interval '1 millisecond' LIMIT :limit)
     RETURNING id`,
    input
  )
  return rows.length
}
