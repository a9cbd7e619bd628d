import { rowsOf, type Db } from "./db"

/** The number that Medusa's `locking-postgres` makes of a key; both have to ask for the same advisory lock. */
function lockNumber(key: string): number {
  let hash = 5381
  for (let index = key.length; index--; ) {
    hash = (hash * 33) ^ key.charCodeAt(index)
  }
  return hash >>> 0
}

/**
 * Takes the advisory locks that `locking-postgres` takes for these keys, or tells which of them is not free, without
 * waiting. They are held until the transaction ends; the caller ends it where not all were free. Hand-written, because
 * the provider itself waits for one key with others in hand, and asks once for each.
 * @returns undefined when all are taken
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

/** How Postgres says that a lock was not free for as long as one may wait. */
const LOCK_NOT_AVAILABLE = "55P03"

/**
 * Waits for the advisory lock of one key, in a line with whoever else waits for it. The caller holds no other.
 * @param patienceMs for how long, milliseconds
 * @returns whether it is taken
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
