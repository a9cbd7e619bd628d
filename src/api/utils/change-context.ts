import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"

import { inContext, tellContextInEvents } from "../../utils/change-context"
import type { ChangeContext } from "../../wire/origin"

/** Stores the change context for the rest of a request, so that the events of its changes name it. */
export const noteContext = (context: ChangeContext) => (request: MedusaRequest, _: MedusaResponse, next: MedusaNextFunction): void => {
  tellContextInEvents(request.scope.resolve(Modules.EVENT_BUS))
  inContext(context, next)
}
