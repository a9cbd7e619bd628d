import { odooFlagSchema } from "../normalise"
import type { Scope } from "../scopes"
import { OPERATIONS } from "."

/** The paths of the API's description, which the description itself does not contain. */
const DESCRIPTION_PATHS = ["/odoo/openapi.json", "/odoo/docs", "/odoo/docs/{file}"] as const

/** The scopes that a route needs. */
export type RouteAccess = { scope: Scope; scopesWith: Readonly<Record<string, Scope>> }

type Guarded = RouteAccess & { method: string; matches: RegExp; parameters: number }

/** The pattern of a path with parameters: in any case, with or without a slash at the end. */
const patternOf = (path: string) =>
  new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[^/]+")}/?$`, "i")

const guarded = (method: string, path: string, scope: Scope, scopesWith: RouteAccess["scopesWith"] = {}): Guarded => ({
  method,
  matches: patternOf(path),
  parameters: path.split("{").length - 1,
  scope,
  scopesWith,
})

/** Fixed paths come before paths with a parameter in the same place. */
const ROUTES: readonly Guarded[] = [
  ...OPERATIONS.flatMap(({ method, path, scope, scopesWith }) => (scope === undefined ? [] : [guarded(method, path, scope, scopesWith)])),
  ...DESCRIPTION_PATHS.map((path) => guarded("get", path, "read")),
].sort((a, b) => a.parameters - b.parameters)

/**
 * Finds the scopes that a route below `/odoo` needs.
 * @param method the request's, in any case; HEAD belongs to the route of GET
 * @param path the request's, without the query
 * @returns undefined where there is no such route
 */
export function accessOf(method: string, path: string): RouteAccess | undefined {
  const asked = method.toLowerCase() === "head" ? "get" : method.toLowerCase()
  return ROUTES.find((route) => route.method === asked && route.matches.test(path))
}

/** The scopes that a route needs because of members of the body. */
export function scopesAskedBy(body: unknown, { scopesWith }: RouteAccess): Scope[] {
  return Object.entries(scopesWith).flatMap(([member, scope]) => {
    const value: unknown = typeof body === "object" && body !== null && member in body ? (body as Record<string, unknown>)[member] : undefined
    const flag = odooFlagSchema.safeParse(value)
    // the route itself refuses an unreadable flag, so the scope is needed for it too
    return flag.success && flag.data !== true ? [] : [scope]
  })
}
