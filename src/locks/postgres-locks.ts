import { rowsOf, type Db } from "../database/statement"

/** The number of a key's advisory lock, calculated as in Medusa's `locking-postgres`, so that both use the same lock. Whether they do is seen by `kindOfLocks`. */
function lockNumber(key: string): number {
  let hash = 5381
  for (let index = key.length; index--; ) {
    hash = (hash * 33) ^ key.charCodeAt(index)
  }
  return hash >>> 0
}

/** Whether somebody holds the advisory lock of a key in this database. */
export async function isLockedInPostgres(db: Db, key: string): Promise<boolean> {
  const rows = await rowsOf(
    db,
    `SELECT 1 FROM pg_locks
     WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = CAST(CAST(:number AS bigint) AS oid) AND objsubid = 1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    { number: lockNumber(key) }
  )
  return rows.length > 0
}

/**
 * Takes the advisory locks of keys that `locking-postgres` takes, without waiting. The locks are held until the transaction ends;
 * the caller ends it where a lock was not free. Hand-written, because the provider waits for a key while it holds others, and
 * takes one statement for each.
 * @returns undefined where all locks are taken, else a key whose lock is not free
 */
export async function tryLockKeys(db: Db, keys: readonly string[]): Promise<string | undefined> {
  const [row] = await rowsOf<{ key: string }>(
    db,
    `SELECT key
     FROM unnest(CAST(:keys AS text[]), CAST(:numbers AS bigint[])) AS lock (key, number)
     WHERE NOT pg_try_advisory_xact_lock(number)`,
    { keys, numbers: keys.map(lockNumber) }
  )
  return row?.key
}

/** Postgres' error code for a lock that was not free in time. */
const LOCK_NOT_AVAILABLE = "55P03"

/**
 * Waits for the advisory lock of a key, in the queue of all who wait for it. The caller must hold no other one.
 * @param patienceMs how long to wait; milliseconds
 * @returns whether the lock is taken
 */
export async function waitForLock(db: Db, key: string, patienceMs: number): Promise<boolean> {
  await rowsOf(db, `SELECT set_config('lock_timeout', :patience, true)`, { patience: `${String(Math.max(1, Math.ceil(patienceMs)))}ms` })
  try {
    await rowsOf(db, `SELECT pg_advisory_xact_lock(CAST(:number AS bigint))`, { number: lockNumber(key) })
  } catch (error) {
    if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) {
      return false
    }
    throw error
  }
  await rowsOf(db, `SELECT set_config('lock_timeout', '0', true)`, {})
  return true
}
