import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type { OdooOptions } from "../modules/odoo/options"
import type OdooModuleService from "../modules/odoo/service"
import { addressedEvents } from "../modules/odoo/webhook-addresses"
import type { TestEventAnswer } from "../wire/answer-schemas/admin"
import { WireError } from "../wire/errors"
import { testEventBody } from "../wire/events"
import { postEvent } from "../targets/webhook/post-event"

type Tested = TestEventAnswer["addresses"][number]

/** The addresses of the webhook, each once, with the names of their events. */
function addressesOf(webhook: OdooOptions["webhook"]): Map<string, string[]> {
  const addresses = new Map<string, string[]>()
  for (const { name, url } of addressedEvents(webhook)) {
    addresses.set(url, [...(addresses.get(url) ?? []), name])
  }
  return addresses
}

async function testAddress(url: string, events: string[], webhook: OdooOptions["webhook"]): Promise<Tested> {
  const event = { id: generateEntityId(undefined, "otst"), body: testEventBody(new Date()), record_kind: "order" as const }
  const { attempt, verdict } = await postEvent(event, url, webhook)
  const { duration_ms, http_status, reply } = attempt
  const failure = verdict.delivered ? null : verdict.failure
  return {
    events,
    delivered: verdict.delivered,
    error_class: failure?.class ?? null,
    message: failure === null ? "Odoo has taken it." : [failure.message, failure.reason && `It said: ${failure.reason}`].filter(Boolean).join(" "),
    http_status,
    duration_ms,
    reply,
  }
}

/**
 * Posts a test event to each address of the webhook, once and signed like all events, and judges the answers. The test event is
 * not stored, and is sent also while delivery is paused.
 * @throws WireError `CONFLICT` where there is no address to post to
 */
export async function sendTestEvent(container: MedusaContainer): Promise<TestEventAnswer> {
  const { webhook } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  const addresses = await Promise.all([...addressesOf(webhook)].map(([url, events]) => testAddress(url, events, webhook)))
  const shown = addresses.find(({ delivered }) => !delivered) ?? addresses[0]
  if (shown === undefined) {
    throw new WireError("CONFLICT", "There is no address to post to: set webhook.url (ODOO_WEBHOOK_URL) and start the shop again.")
  }
  const { events: _, ...answer } = shown
  return { ...answer, addresses }
}
