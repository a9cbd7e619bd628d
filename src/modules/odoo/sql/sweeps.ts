import type { Position } from "../../../wire/list"
import type { RecordKind, Sweep } from "../types"
import { rowsOf, type Db } from "../../../database/statement"

const PROGRESS = "installed_at, baseline_position, baseline_done_at, swept_until, reconciled_at, now() AS started_at"

/**
 * Inserts the sweeps of new kinds, due at once. Records created before now belong to the baseline. Hand-written for its
 * `ON CONFLICT`, because every instance inserts them.
 */
export async function openSweeps(db: Db, kinds: readonly RecordKind[]): Promise<void> {
  await rowsOf(
    db,
    `INSERT INTO odoo_sweep (id, installed_at, swept_until, next_at)
     SELECT kind, now(), now(), now() FROM unnest(CAST(:kinds AS text[])) AS kind
     ON CONFLICT DO NOTHING`,
    { kinds }
  )
}

/** The progress of the sweep of a kind. */
export async function selectSweep(db: Db, kind: RecordKind): Promise<Sweep | undefined> {
  const [sweep] = await rowsOf<Sweep>(db, `SELECT ${PROGRESS} FROM odoo_sweep WHERE id = :kind`, { kind })
  return sweep
}

/**
 * Leases the sweep of a kind to this instance, where it is due. Hand-written to use the database's clock, and to lease in one
 * statement.
 * @returns undefined when the sweep is not due, or another instance holds the lease
 */
export async function takeSweep(db: Db, kind: RecordKind, leaseMs: number): Promise<Sweep | undefined> {
  const [sweep] = await rowsOf<Sweep>(
    db,
    `UPDATE odoo_sweep SET next_at = now() + :leaseMs * interval '1 millisecond', updated_at = now()
     WHERE id = :kind AND next_at <= now()
     RETURNING ${PROGRESS}`,
    { kind, leaseMs }
  )
  return sweep
}

/** Renews the lease of a running sweep. */
export async function holdSweep(db: Db, kind: RecordKind, leaseMs: number): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_sweep SET next_at = now() + :leaseMs * interval '1 millisecond', updated_at = now() WHERE id = :kind`,
    { kind, leaseMs }
  )
}

/** Saves the position in the baseline; null for its end. */
export async function saveBaseline(db: Db, kind: RecordKind, position: Position | null): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_sweep
     SET baseline_position = CAST(:position AS jsonb),
       baseline_done_at = CASE WHEN CAST(:position AS jsonb) IS NULL THEN now() ELSE baseline_done_at END,
       updated_at = now()
     WHERE id = :kind`,
    { kind, position: position === null ? null : JSON.stringify(position) }
  )
}

/**
 * Ends a sweep.
 * @param until changes before this time have been captured
 * @param reconciled whether all records were compared
 */
export async function finishSweep(
  db: Db,
  kind: RecordKind,
  { until, reconciled, intervalMs }: { until: Date; reconciled: boolean; intervalMs: number }
): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_sweep
     SET swept_until = :until, swept_at = now(), next_at = now() + :intervalMs * interval '1 millisecond',
       reconciled_at = CASE WHEN :reconciled THEN now() ELSE reconciled_at END, updated_at = now()
     WHERE id = :kind`,
    { kind, until, reconciled, intervalMs }
  )
}
