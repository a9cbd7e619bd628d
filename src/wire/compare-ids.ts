/**
 * Compares two rows by id, for sorting. Medusa's ids begin with their time of creation, so the result is the order of creation.
 */
export const compareIds = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1)
