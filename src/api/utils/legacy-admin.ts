import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { legacyQuery, withLegacyMembers, type LegacyResource } from "../../wire/legacy-admin"

/** Matches the path of the list or of one record, but no path below a record. */
const LIST_OR_RECORD = /^\/[^/]*\/?$/

/** Programs send a bearer token. The dashboard uses a session, or asks for certain fields. */
const hasBearerToken = (request: MedusaRequest) => /^bearer\s/i.test(request.headers.authorization ?? "")

/**
 * Serves Medusa's own list and records to older programs as they expect them (option `legacyAdminApi`). Runs before Medusa
 * validates the query, so that added parameters are validated too.
 */
export function serveLegacyAdmin(resource: LegacyResource) {
  return (request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): void => {
    const { options } = request.scope.resolve<OdooModuleService>(ODOO_MODULE)
    if (options.legacyAdminApi && request.method === "GET" && LIST_OR_RECORD.test(request.path) && hasBearerToken(request)) {
      const namesFields = request.query.fields !== undefined
      request.query = legacyQuery(resource, request.query) as MedusaRequest["query"]
      if (!namesFields) {
        const json = response.json.bind(response)
        response.json = (answer: unknown) => json(withLegacyMembers(answer))
      }
    }
    next()
  }
}
