import { ODOO_MODULE } from "../../../../../modules/odoo"
import type OdooModuleService from "../../../../../modules/odoo/service"
import { readDeliveryStatus } from "../../../../../queries/read-status"
import { startDelivery } from "../../../../../workflows/deliver/start-delivery"
import { adminHandler } from "../../../../utils/admin-handler"

/** Resumes delivery, and starts to send what has waited. */
export const POST = adminHandler(async (request, response) => {
  await request.scope.resolve<OdooModuleService>(ODOO_MODULE).resumeDelivery()
  const status = await readDeliveryStatus(request.scope)
  startDelivery(request.scope)
  response.json(status)
})
