import type { Position } from "../../../wire/list"
import { holdSweep, openSweeps, saveBaseline, selectSweep, finishSweep, takeSweep } from "../sql/sweeps"
import type { RecordKind, Sweep } from "../types"
import type { RepositoryContext } from "./context"

/** How long a page of a sweep may take before another instance continues the sweep; milliseconds. */
const SWEEP_LEASE_MS = 30_000

/** The progress of the sweep of each kind of record. */
export class SweepRepository {
  constructor(private readonly context: RepositoryContext) {}

  /** Inserts the sweeps of new kinds. Their present records belong to the baseline. */
  async open(kinds: readonly RecordKind[]): Promise<void> {
    await openSweeps(this.context.db, kinds)
  }

  /** The progress of the sweep of a kind; the sweep of a new kind is inserted. */
  async of(kind: RecordKind): Promise<Sweep | undefined> {
    const sweep = await selectSweep(this.context.db, kind)
    if (sweep === undefined) {
      await this.open([kind])
    }
    return sweep ?? (await selectSweep(this.context.db, kind))
  }

  /**
   * Leases the sweep of a kind to this process.
   * @returns undefined when the sweep is not due, or another instance holds the lease
   */
  async take(kind: RecordKind): Promise<Sweep | undefined> {
    return await takeSweep(this.context.db, kind, SWEEP_LEASE_MS)
  }

  /** Renews the lease of a running sweep; to be called for every page. */
  async hold(kind: RecordKind): Promise<void> {
    await holdSweep(this.context.db, kind, SWEEP_LEASE_MS)
  }

  /** Saves the position in the baseline, which is written newest first; null for its end. */
  async saveBaseline(kind: RecordKind, position: Position | null): Promise<void> {
    await saveBaseline(this.context.db, kind, position)
  }

  /** Ends a sweep: all changes before its start have been captured. */
  async end(kind: RecordKind, sweep: Sweep, reconciled: boolean): Promise<void> {
    await finishSweep(this.context.db, kind, { until: sweep.started_at, reconciled, intervalMs: this.context.options.sweepInterval })
  }
}
