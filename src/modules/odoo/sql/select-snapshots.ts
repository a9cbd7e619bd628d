import type { KnownSnapshot, RecordKind } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

/** The snapshots of these records. Hand-written, because the database's clock decides whether an echo suppression has ended. */
export function selectSnapshots(db: Db, kind: RecordKind, ids: readonly string[]): Promise<KnownSnapshot[]> {
  return rowsOf<KnownSnapshot>(
    db,
    `SELECT record_kind, record_id, version, snapshot, source_version, announced_at IS NOT NULL AS is_announced,
       coalesce(announced_to, '{}') AS announced_to,
       CASE WHEN echo_suppressed_until > now() THEN echo_suppressed ELSE '{}' END AS echo_suppressed
     FROM odoo_snapshot
     WHERE record_kind = :kind AND record_id = ANY(:ids) AND deleted_at IS NULL`,
    { kind, ids }
  )
}
