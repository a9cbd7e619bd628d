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
import { basicSecrets } from "./basic"
import { countStranger } from "./rate-limit"

type AsyncMiddleware = (...args: Parameters<ReturnType<typeof authenticate>>) => Promise<void>

// Medusa types it as if it answered nothing, but it is asynchronous
const authenticateAdmin = authenticate("user", ["bearer", "session", "api-key"], {
  allowUnauthenticated: true,
}) as AsyncMiddleware

/** Whether the request is one of Medusa's own admins: by session, bearer token or secret API key. */
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
  // Medusa leaves the second factor unchecked where a route may also be used without signing in
  return Boolean(context?.actor_id) && (context?.mfa_enabled !== true || Boolean(context.mfa_challenge_completed_at))
}

/** Whether a key of the Odoo side came by HTTP Basic, as the user name or as the password. */
async function hasBasicKey(request: MedusaRequest, odoo: OdooModuleService): Promise<boolean> {
  for (const secret of basicSecrets(request.headers.authorization)) {
    if (await odoo.authenticateApiKey(secret)) {
      return true
    }
  }
  return false
}

async function isAllowed(request: MedusaRequest, response: MedusaResponse): Promise<boolean> {
  const odoo = request.scope.resolve<OdooModuleService>(ODOO_MODULE)
  const key = request.headers["x-odoo-api-key"]
  if (typeof key === "string" && key !== "") {
    return await odoo.authenticateApiKey(key)
  }
  // a Basic pair may also be a secret API key of Medusa
  return (await hasBasicKey(request, odoo)) || (await isAdmin(request, response))
}

/** What a person opens in a browser, which asks for a name and a password where the answer invites it to. */
const FOR_PEOPLE = /^\/(docs(\/|$)|openapi\.json\/?$)/i

/**
 * Lets in who has an API key of the Odoo side (`x-odoo-api-key`, or HTTP Basic), or Medusa's own admin access
 * (contract 1, "Access"). A key in the header of its own must be right: a wrong one is not made good by a session.
 * @throws WireError `UNAUTHORIZED`, or `RATE_LIMIT_EXCEEDED` for whoever goes on guessing
 */
export async function requireAccess(
  request: MedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  if (!(await isAllowed(request, response))) {
    // programs are not asked: a page's own request would make the browser ask again and again
    if (FOR_PEOPLE.test(request.path) && request.headers.accept?.includes("text/html") === true) {
      response.set("www-authenticate", 'Basic realm="odoo", charset="UTF-8"')
    }
    await countStranger(request, response)
    throw new WireError("UNAUTHORIZED", "A valid x-odoo-api-key is needed.")
  }
  next()
}
