import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { pauseDelivery, resumeDelivery } from "../event-admin/pause"
import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { askedEvents } from "../modules/odoo/webhook-addresses"
import { readDeliveryStatus } from "../queries/read-status"
import { readableTime, runCommand, table, type Command } from "../utils/command-line"
import type { DestinationStatus } from "../wire/answer-schemas/admin"
import { EVENT_NAMES } from "../wire/events"
import { pauseBody, resumeBody } from "../wire/schemas/admin"
import { validate } from "../wire/validate"

/** A sentence with the names of the events that are sent; empty where all are sent. */
function sentEvents(container: MedusaContainer): string[] {
  const asked = askedEvents(container.resolve<OdooModuleService>(ODOO_MODULE).options.webhook)
  return EVENT_NAMES.every((name) => asked.includes(name)) ? [] : [`Of all events, these are sent: ${asked.join(", ") || "none"}.`]
}

const pausedSince = (since: string | null, reason: string | null) =>
  `paused since ${readableTime(since)}${reason === null ? "" : `: ${reason}`}`

/** The reasons why nothing is sent to a destination, except that all destinations are paused; empty where events are sent. */
const problemsOf = ({ id, paused_at: pausedAt, pause_reason: reason, down_since: downSince }: DestinationStatus, areAllPaused: boolean): string[] => [
  ...(pausedAt === null || areAllPaused ? [] : [`${id} is ${pausedSince(pausedAt, reason)}`]),
  ...(downSince === null
    ? []
    : [`${id} does not answer since ${readableTime(downSince)}. It is tried every few minutes; what waits goes on by itself.`]),
]

async function status(container: MedusaContainer): Promise<string> {
  const { delivery, events, destinations, refusals } = await readDeliveryStatus(container)
  const counts = Object.entries(events).map(([name, count]) => ({ events: name, count: String(count) }))
  return [
    delivery.paused ? `Delivery is ${pausedSince(delivery.paused_at, delivery.pause_reason)}` : delivery.configured ? "Delivery is on." : "There is no address to deliver to (webhook.url, webhook.urls), and no direct connection.",
    ...sentEvents(container),
    ...destinations.flatMap((destination) => problemsOf(destination, delivery.paused)),
    table(counts, ""),
    delivery.oldest_waiting_at === null
      ? "Nothing waits."
      : `The oldest waits since ${readableTime(delivery.oldest_waiting_at)} (${String(delivery.oldest_waiting_seconds)} s).`,
    `${String(refusals)} refused and not settled.`,
  ].join("\n\n")
}

/**
 * Shows the status of delivery, and pauses or resumes it.
 *
 *     npx medusa exec <path>/odoo-delivery -- pause --reason "Odoo is being upgraded"
 */
export default async function odooDelivery({ container, args }: ExecArgs): Promise<void> {
  const commands: Record<string, Command> = {
    status: { usage: "counts what is on its way, what has failed and what was refused", run: () => status(container) },
    pause: {
      usage: "[--reason <text>] [--destination <id>]  sends nothing until it is resumed; events are kept",
      options: ["reason", "destination"],
      run: async ({ values }) => {
        await pauseDelivery(container, validate(pauseBody, values))
        return await status(container)
      },
    },
    resume: {
      usage: "[--destination <id>]  sends again; the running shop begins within some seconds",
      options: ["destination"],
      run: async ({ values }) => {
        await resumeDelivery(container, validate(resumeBody, values))
        return await status(container)
      },
    },
  }
  await runCommand("odoo-delivery", commands, args)
}
