import { AsyncLocalStorage } from "async_hooks"

const deadlines = new AsyncLocalStorage<number>()

/**
 * Does some work whose calls of Odoo, with all their waits and repeats, end after a time: later ones fail with `timeout`, and one that
 * is waiting for an answer waits no longer.
 * @param ms the time for the whole work, in milliseconds
 */
export async function withinTime<T>(ms: number, work: () => Promise<T>): Promise<T> {
  return await deadlines.run(Date.now() + ms, work)
}

/** How much of the time is left for the present work, in milliseconds; infinite where nothing limits it. */
export const timeLeftMs = (): number => (deadlines.getStore() ?? Infinity) - Date.now()
