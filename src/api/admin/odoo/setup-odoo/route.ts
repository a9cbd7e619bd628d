import { setUpOdoo } from "../../../../connection/setup"
import { setupOdooBody } from "../../../../wire/schemas/admin"
import { validate } from "../../../../wire/validate"
import { adminHandler } from "../../../utils/admin-handler"

/** Makes in Odoo what the direct connection needs, or removes it. */
export const POST = adminHandler(async (request, response) => {
  const { dry_run: isDryRun = false, remove: isRemoval = false } = validate(setupOdooBody, request.body ?? {})
  const { success, steps } = await setUpOdoo(request.scope, { isDryRun, isRemoval })
  response.json({ success, steps })
})
