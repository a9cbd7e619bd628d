import type { Position } from "../../../wire/list"
import type { RecordKind, Sweep } from "../types"
import { rowsOf, type Db } from "./db"

const PROGRESS = "installed_at, baseline_position, baseline_done_at, swept_until, reconciled_at, now() AS started_at"

/** How far the sweep of a kind has come. */
export async function selectSweep(db: Db, kind: RecordKind): Promise<Sweep | undefined> {
  const [sweep] = await rowsOf<Sweep>(db, `SELECT ${PROGRESS} FROM odoo_sweep WHERE id = :kind`, { kind })
  return sweep
}

/**
 * Takes the sweep of a kind where it is due, for one of all instances and as long as the lease lasts. Hand-written,
 * because the time is the database's, and taking must be one statement.
 * @returns undefined when it is not due
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

/** Keeps a sweep that is under way from being taken by another instance. */
export async function holdSweep(db: Db, kind: RecordKind, leaseMs: number): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_sweep SET next_at = now() + :leaseMs * interval '1 millisecond', updated_at = now() WHERE id = :kind`,
    { kind, leaseMs }
  )
}

/** Notes up to where what was there before the plugin is noted; null says that all of it is. */
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
 * @param until what changed before was looked at
 * @param reconciled whether everything was compared
 */
export async function settleSweep(
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
