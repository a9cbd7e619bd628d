/**
 * The scopes of API keys (contract 14): to read the shop's records, to write them, to register receivers of changes, and to push
 * only products, stock, prices and webhooks.
 */
export const SCOPES = ["read", "write", "subscribe", "push"] as const

export type Scope = (typeof SCOPES)[number]

/** The scopes of a key that was created without scopes, of the static key, and of Medusa's admins. */
export const DEFAULT_SCOPES: readonly Scope[] = ["read", "write", "subscribe"]

/** The scopes that include a scope: `write` includes `push`. */
export const opening = (wanted: Scope): readonly Scope[] => (wanted === "push" ? ["push", "write"] : [wanted])

/** Whether these scopes include a scope. */
export const allows = (scopes: readonly Scope[], wanted: Scope) => opening(wanted).some((scope) => scopes.includes(scope))
