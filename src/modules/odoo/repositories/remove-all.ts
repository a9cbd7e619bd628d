/** How many rows are removed in one statement, so that no statement holds many locks for long. */
const ROWS_AT_ONCE = 1000

/**
 * Removes rows until none are left.
 * @param remove removes at most `limit` rows, and returns how many it has removed
 */
export async function removeAll(remove: (limit: number) => Promise<number>): Promise<void> {
  while ((await remove(ROWS_AT_ONCE)) === ROWS_AT_ONCE);
}
