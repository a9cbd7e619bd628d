import { ODOO_MODULE } from "../../../../../modules/odoo"
import type OdooModuleService from "../../../../../modules/odoo/service"
import { readDeliveryStatus } from "../../../../../queries/read-status"
import { pauseBody } from "../../../../../wire/schemas/admin"
import { validate } from "../../../../../wire/validate"
import { adminHandler } from "../../../../utils/admin-handler"

/** Pauses delivery in every instance. */
export const POST = adminHandler(async (request, response) => {
  const { reason } = validate(pauseBody, request.body ?? {})
  await request.scope.resolve<OdooModuleService>(ODOO_MODULE).pauseDelivery(reason ?? null)
  response.json(await readDeliveryStatus(request.scope))
})
