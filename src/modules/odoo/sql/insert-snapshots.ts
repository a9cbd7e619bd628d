import { generateEntityId } from "@medusajs/framework/utils"

import type { RecordSnapshot } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/**
 * Inserts the snapshots of new records in one statement. Hand-written for its `ON CONFLICT`, by which two simultaneous hints
 * about one record write one event.
 * @returns the ids of the records whose snapshots were inserted
 */
export async function insertSnapshots(db: Db, snapshots: readonly RecordSnapshot[]): Promise<string[]> {
  const rows = await rowsOf<{ record_id: string }>(
    db,
    `INSERT INTO odoo_snapshot (id, record_kind, record_id, snapshot, source_version)
     SELECT id, record_kind, record_id, snapshot, source_version
     FROM jsonb_to_recordset(CAST(:snapshots AS jsonb)) AS seen(
       id text, record_kind text, record_id text, snapshot jsonb, source_version text)
     ON CONFLICT (record_kind, record_id) WHERE deleted_at IS NULL DO NOTHING
     RETURNING record_id`,
    { snapshots: JSON.stringify(snapshots.map((seen) => ({ id: generateEntityId(undefined, "ostt"), ...seen }))) }
  )
  return rows.map((row) => row.record_id)
}
