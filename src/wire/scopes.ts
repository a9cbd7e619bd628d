/**
 * What a key of the Odoo side may be allowed to do (contract 14): read the shop's records, write them, register where to
 * be told of changes, or push alone what Odoo keeps: products, stock, prices and its webhooks.
 */
export const SCOPES = ["read", "write", "subscribe", "push"] as const

export type Scope = (typeof SCOPES)[number]

/** What a key may do where nobody says otherwise; also the static key and Medusa's admins. */
export const DEFAULT_SCOPES: readonly Scope[] = ["read", "write", "subscribe"]

/** The scopes that open what asks for a scope: who may write may push as well. */
export const opening = (wanted: Scope): readonly Scope[] => (wanted === "push" ? ["push", "write"] : [wanted])

/** Whether a key with these scopes may do what asks for a scope. */
export const allows = (scopes: readonly Scope[], wanted: Scope) => opening(wanted).some((scope) => scopes.includes(scope))
