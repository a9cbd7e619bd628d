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

/**
 * Lets in who has an API key of the Odoo side (`x-odoo-api-key`), or Medusa's own admin access (contract 1,
 * "Access"). A key that is sent must be right: a wrong one is not made good by a session.
 * @throws WireError `UNAUTHORIZED`
 */
export async function requireAccess(
  request: MedusaRequest,
  response: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const key = request.headers["x-odoo-api-key"]
  const odoo = request.scope.resolve<OdooModuleService>(ODOO_MODULE)
  const allowed =
    typeof key === "string" && key !== "" ? await odoo.authenticateApiKey(key) : await isAdmin(request, response)
  if (!allowed) {
    throw new WireError("UNAUTHORIZED", "A valid x-odoo-api-key is needed.")
  }
  next()
}
