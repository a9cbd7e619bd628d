import { AsyncLocalStorage } from "async_hooks"

const deadlines = new AsyncLocalStorage<number>()

/**
 * Runs work with a time limit for all its calls of Odoo, with their waits and repeats. At the limit a running call fails with `timeout`,
 * and so does each later one.
 * @param ms the time for the whole work, in milliseconds
 */
export async function withinTime<T>(ms: number, work: () => Promise<T>): Promise<T> {
  return await deadlines.run(Date.now() + ms, work)
}

/** The time that is left for the present work, in milliseconds; infinite without a limit. */
export const timeLeftMs = (): number => (deadlines.getStore() ?? Infinity) - Date.now()
