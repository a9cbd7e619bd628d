/**
 * From where a change comes: Odoo's pushes, Medusa's admin or store routes; `unknown` for jobs, scripts, and what only the
 * sweep has found.
 */
export const CHANGE_CONTEXTS = ["odoo", "admin", "store", "unknown"] as const

export type ChangeContext = (typeof CHANGE_CONTEXTS)[number]

/** Whether Odoo has said a change itself, so that Odoo is not told of it, or not. */
export const CHANGE_DIRECTIONS = ["inbound", "outbound"] as const

export type ChangeDirection = (typeof CHANGE_DIRECTIONS)[number]

/** From where an event comes. */
export type Origin = { context: ChangeContext; direction: ChangeDirection }
