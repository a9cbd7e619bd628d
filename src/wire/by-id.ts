/**
 * Sorts by id. Medusa reads rows in any order; its ids begin with the time at which they were made, so that this is the
 * order of creation, and the same each time.
 */
export const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1)
