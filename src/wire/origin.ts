/**
 * The origins of a change: Odoo's pushes, Medusa's admin routes, its store routes; `unknown` for jobs, scripts and changes that only the
 * sweep has found.
 */
export const CHANGE_CONTEXTS = ["odoo", "admin", "store", "unknown"] as const

export type ChangeContext = (typeof CHANGE_CONTEXTS)[number]

/** `inbound`: Odoo has made the change itself, so it is not sent back to Odoo. `outbound`: anything else has made it. */
export const CHANGE_DIRECTIONS = ["inbound", "outbound"] as const

export type ChangeDirection = (typeof CHANGE_DIRECTIONS)[number]

/** The origin of an event: the context of the change behind it, and its direction. */
export type Origin = { context: ChangeContext; direction: ChangeDirection }
