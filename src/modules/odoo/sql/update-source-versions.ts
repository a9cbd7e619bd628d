import type { Compared, RecordKind } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/**
 * Updates the source versions of records that were compared without a difference. A record that another process has captured
 * meanwhile is left out, because the comparison is outdated. Hand-written to be one statement for all records.
 * @returns the ids of the updated records
 */
export async function updateSourceVersions(db: Db, kind: RecordKind, compared: readonly Compared[]): Promise<string[]> {
  const rows = await rowsOf<{ record_id: string }>(
    db,
    `UPDATE odoo_snapshot AS seen
     SET source_version = compared.source_version
     FROM unnest(CAST(:ids AS text[]), CAST(:versions AS integer[]), CAST(:sourceVersions AS text[]))
       AS compared(id, version, source_version)
     WHERE seen.record_kind = :kind AND seen.record_id = compared.id AND seen.version = compared.version
       AND seen.deleted_at IS NULL
     RETURNING seen.record_id`,
    {
      kind,
      ids: compared.map(({ id }) => id),
      versions: compared.map(({ version }) => version),
      sourceVersions: compared.map(({ sourceVersion }) => sourceVersion),
    }
  )
  return rows.map((row) => row.record_id)
}
