import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { addressedEvents, addressOf, WEBHOOK } from "../../modules/odoo/webhook-addresses"
import type { Target } from "../../outbox/target"
import { postEvent } from "./post-event"

const optionsOf = (container: MedusaContainer) => container.resolve<OdooModuleService>(ODOO_MODULE).options.webhook

/** The webhook of the options: a program on Odoo's side that takes events (contract 7). */
export const webhookTarget: Target = {
  kind: WEBHOOK,
  isReady: (container) => addressedEvents(optionsOf(container)).length > 0,
  eventsByAddress: (container) => {
    const events = new Map<string, string[]>()
    for (const { name, url } of addressedEvents(optionsOf(container))) {
      events.set(url, [...(events.get(url) ?? []), name])
    }
    return [...events.values()]
  },
  render: ({ body }) => body,
  send: async (container, message) => {
    const options = optionsOf(container)
    // only events with an address are claimed, unless no event has one
    return await postEvent({ id: message.event_id, body: message.body, record_kind: message.record_kind }, addressOf(options, message.name) ?? "", options)
  },
}
