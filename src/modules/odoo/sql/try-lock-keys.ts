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
 * Takes the advisory locks that `locking-postgres` takes for these keys, or tells that one of them is not free, without
 * waiting. They are held until the transaction ends; the caller ends it where not all were free. Hand-written, because
 * the provider itself waits for one key with others in hand, and asks once for each.
 */
export async function tryLockKeys(db: Db, keys: readonly string[]): Promise<boolean> {
  const [row] = await rowsOf<{ taken: boolean }>(
    db,
    `SELECT bool_and(pg_try_advisory_xact_lock(number)) AS taken FROM unnest(CAST(:numbers AS bigint[])) AS number`,
    { numbers: keys.map(lockNumber) }
  )
  return row?.taken ?? false
}
