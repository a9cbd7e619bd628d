import type { RecordKind } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/**
 * The records that are linked to a record of Odoo's, by its id or name. Several records may be linked to the same one.
 * Hand-written like the other statements about links, which share their columns.
 */
export async function selectLinkedRecords(
  db: Db,
  kind: RecordKind,
  called: { odooId: string } | { odooName: string }
): Promise<string[]> {
  const rows = await rowsOf<{ record_id: string }>(
    db,
    `SELECT record_id FROM odoo_link
     WHERE record_kind = :kind AND ${"odooId" in called ? "odoo_id = :odooId" : "odoo_name = :odooName"} AND deleted_at IS NULL
     ORDER BY record_id`,
    { kind, ...called }
  )
  return rows.map((row) => row.record_id)
}
