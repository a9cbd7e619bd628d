import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"

import { inContext, tellContextInEvents } from "../../utils/change-context"
import type { ChangeContext } from "../../wire/origin"

/** Notes for all that a request changes by which routes it came in. */
export const noteContext = (context: ChangeContext) => (request: MedusaRequest, _: MedusaResponse, next: MedusaNextFunction): void => {
  tellContextInEvents(request.scope.resolve(Modules.EVENT_BUS))
  inContext(context, next)
}
