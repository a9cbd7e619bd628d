import { odooFlagSchema } from "../normalise"
import type { Scope } from "../scopes"
import { OPERATIONS } from "."

/** What serves the API's description, and is not described by it. */
export const DESCRIPTION_PATHS = ["/odoo/openapi.json", "/odoo/docs", "/odoo/docs/{file}"] as const

/** What one route asks of a key. */
export type RouteAccess = { scope: Scope; scopesWith: Readonly<Record<string, Scope>> }

type Guarded = RouteAccess & { method: string; matches: RegExp; parameters: number }

/** A path of the description as the router reads it: in any case, with or without a slash at its end. */
const patternOf = (path: string) =>
  new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[^/]+")}/?$`, "i")

const guarded = (method: string, path: string, scope: Scope, scopesWith: RouteAccess["scopesWith"] = {}): Guarded => ({
  method,
  matches: patternOf(path),
  parameters: path.split("{").length - 1,
  scope,
  scopesWith,
})

/** A path that is written out comes before one with a parameter in its place. */
const ROUTES: readonly Guarded[] = [
  ...OPERATIONS.flatMap(({ method, path, scope, scopesWith }) => (scope === undefined ? [] : [guarded(method, path, scope, scopesWith)])),
  ...DESCRIPTION_PATHS.map((path) => guarded("get", path, "read")),
].sort((a, b) => a.parameters - b.parameters)

/**
 * What a route below `/odoo` asks of a key.
 * @param method of the request, in any case; HEAD is answered by the routes of GET
 * @param path of the request, without the query
 * @returns undefined where there is no such route
 */
export function accessOf(method: string, path: string): RouteAccess | undefined {
  const asked = method.toLowerCase() === "head" ? "get" : method.toLowerCase()
  return ROUTES.find((route) => route.method === asked && route.matches.test(path))
}

/** The scopes that a route asks for because of what its body says. */
export function scopesAskedBy(body: unknown, { scopesWith }: RouteAccess): Scope[] {
  return Object.entries(scopesWith).flatMap(([member, scope]) => {
    const value: unknown = typeof body === "object" && body !== null && member in body ? (body as Record<string, unknown>)[member] : undefined
    const flag = odooFlagSchema.safeParse(value)
    // what can not be read is for the route to refuse, and no reason to let somebody in
    return flag.success && flag.data !== true ? [] : [scope]
  })
}
