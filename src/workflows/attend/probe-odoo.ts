import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { TestEventAnswer } from "../../wire/answers/admin"
import { WireError } from "../../wire/errors"
import { testEventBody } from "../../wire/events"
import { postEvent } from "../deliver/post-event"

/**
 * Posts an event of no meaning to Odoo, once, signed as all others are, and judges the answer. It is not written down,
 * and goes out also while delivery is paused.
 * @throws WireError `CONFLICT` where there is no address to post to
 */
export async function sendTestEvent(container: MedusaContainer): Promise<TestEventAnswer> {
  const { webhook } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  if (webhook.url === null) {
    throw new WireError("CONFLICT", "There is no address to post to: set webhook.url (ODOO_WEBHOOK_URL) and start the shop again.")
  }
  const event = { id: generateEntityId(undefined, "otst"), body: testEventBody(new Date()), record_kind: "order" as const }
  const { attempt, verdict } = await postEvent(event, webhook.url, webhook)
  const { duration_ms, http_status, reply } = attempt
  const failure = verdict.delivered ? null : verdict.failure
  return {
    delivered: verdict.delivered,
    error_class: failure?.class ?? null,
    message: failure === null ? "Odoo has taken it." : [failure.message, failure.reason && `It said: ${failure.reason}`].filter(Boolean).join(" "),
    http_status,
    duration_ms,
    reply,
  }
}
