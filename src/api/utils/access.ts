import {
  authenticate,
  type AuthenticatedMedusaRequest,
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
} from "@medusajs/framework/http"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { WireError } from "../../wire/errors"
import { accessOf, scopesAskedBy } from "../../wire/operations/access"
import { allows, DEFAULT_SCOPES, opening, type Scope } from "../../wire/scopes"
import { basicSecrets } from "./basic"
import { answerUnknownPath } from "./path"
import { limitAnonymous } from "./rate-limit"

type AsyncMiddleware = (...args: Parameters<ReturnType<typeof authenticate>>) => Promise<void>

// Medusa's type says void, but the middleware is asynchronous
const authenticateAdmin = authenticate("user", ["bearer", "session", "api-key"], {
  allowUnauthenticated: true,
}) as AsyncMiddleware

/** Whether the request comes from an admin of Medusa: by session, bearer token or secret API key. */
async function isAdmin(request: MedusaRequest, response: MedusaResponse): Promise<boolean> {
  await new Promise<void>((resolve, reject) => {
    const next: MedusaNextFunction = (error?: unknown) => {
      if (error === undefined) {
        resolve()
      } else {
        reject(error instanceof Error ? error : new Error("authentication failed"))
      }
    }
    authenticateAdmin(request, response, next).catch(reject)
  })
  const context = (request as Partial<AuthenticatedMedusaRequest>).auth_context
  // with `allowUnauthenticated` Medusa does not check the second factor
  return Boolean(context?.actor_id) && (context?.mfa_enabled !== true || Boolean(context.mfa_challenge_completed_at))
}

/** The scopes of an API key that came by HTTP Basic, as the user name or the password; null for none. */
async function scopesOfBasicKey(request: MedusaRequest, odoo: OdooModuleService): Promise<readonly Scope[] | null> {
  for (const secret of basicSecrets(request.headers.authorization)) {
    const scopes = await odoo.authenticateApiKey(secret)
    if (scopes !== null) {
      return scopes
    }
  }
  return null
}

/** The scopes of a request; null for a request without access. */
async function scopesOf(request: MedusaRequest, response: MedusaResponse): Promise<readonly Scope[] | null> {
  const odoo = request.scope.resolve<OdooModuleService>(ODOO_MODULE)
  const key = request.headers["x-odoo-api-key"]
  if (typeof key === "string" && key !== "") {
    return await odoo.authenticateApiKey(key)
  }
  // a Basic pair may also be a secret API key of Medusa
  return (await scopesOfBasicKey(request, odoo)) ?? ((await isAdmin(request, response)) ? DEFAULT_SCOPES : null)
}

/** The scopes of requests that have passed {@link requireAccess}. */
const granted = new WeakMap<MedusaRequest, readonly Scope[]>()

/** The paths that a person opens in a browser, which asks for a name and a password on `www-authenticate`. */
const FOR_PEOPLE = /^\/(docs(\/|$)|openapi\.json\/?$)/i

/**
 * Requires an API key of the Odoo side (`x-odoo-api-key`, or HTTP Basic), or Medusa's own admin access (contract 1, "Access"). A
 * wrong key in `x-odoo-api-key` is refused, also where the request has a valid session.
 * @throws WireError `UNAUTHORIZED`, or `RATE_LIMIT_EXCEEDED` after too many requests without access
 */
export async function requireAccess(
  request: MedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const scopes = await scopesOf(request, response)
  if (scopes === null) {
    // only for pages: the request of a script would make the browser ask again and again
    if (FOR_PEOPLE.test(request.path) && request.headers.accept?.includes("text/html") === true) {
      response.set("www-authenticate", 'Basic realm="odoo", charset="UTF-8"')
    }
    await limitAnonymous(request, response)
    throw new WireError("UNAUTHORIZED", "A valid x-odoo-api-key is needed.")
  }
  granted.set(request, scopes)
  next()
}

const pathOf = (request: MedusaRequest) => `${request.baseUrl}${request.path}`

/** @throws WireError `PERMISSION_DENIED` where the request lacks one of the scopes */
function requireScopes(request: MedusaRequest, wanted: readonly Scope[]): void {
  const scopes = granted.get(request) ?? []
  for (const scope of wanted) {
    if (!allows(scopes, scope)) {
      throw new WireError(
        "PERMISSION_DENIED",
        `${request.method} ${pathOf(request)} needs a key with the scope ${opening(scope).join(" or ")}. This one has ${scopes.join(", ")}.`,
        { needed: opening(scope), scopes }
      )
    }
  }
}

/**
 * Requires the scope of a route (contract 14), from the list of operations. A path that is not in the list may be a route of the
 * host; it needs all default scopes.
 * @throws WireError `PERMISSION_DENIED`; `NOT_FOUND` for a limited key on a path that is not in the list
 */
export function requireScope(request: MedusaRequest, _: MedusaResponse, next: MedusaNextFunction): void {
  const access = accessOf(request.method, pathOf(request))
  if (access !== undefined) {
    requireScopes(request, [access.scope])
  } else if (!DEFAULT_SCOPES.every((scope) => granted.get(request)?.includes(scope))) {
    answerUnknownPath(request)
  }
  next()
}

/**
 * Requires the scopes that the members of a body need in addition to the route.
 * @throws WireError `PERMISSION_DENIED`
 */
export function requireScopeOfBody(request: MedusaRequest, _: MedusaResponse, next: MedusaNextFunction): void {
  const access = accessOf(request.method, pathOf(request))
  requireScopes(request, access === undefined ? [] : scopesAskedBy(request.body, access))
  next()
}
