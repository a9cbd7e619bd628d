import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { readDeliveryStatus } from "../queries/read-status"
import { readableTime, runCommand, table, type Command } from "../utils/command-line"
import { pauseBody } from "../wire/schemas/admin"
import { validate } from "../wire/validate"

async function status(container: MedusaContainer): Promise<string> {
  const { delivery, events, refusals } = await readDeliveryStatus(container)
  const since = `since ${readableTime(delivery.paused_at)}${delivery.pause_reason === null ? "" : `: ${delivery.pause_reason}`}`
  const counts = Object.entries(events).map(([name, count]) => ({ events: name, count: String(count) }))
  return [
    delivery.paused ? `Delivery is paused ${since}` : delivery.configured ? "Delivery is on." : "There is no address to deliver to (webhook.url).",
    table(counts, ""),
    delivery.oldest_waiting_at === null
      ? "Nothing waits."
      : `The oldest waits since ${readableTime(delivery.oldest_waiting_at)} (${String(delivery.oldest_waiting_seconds)} s).`,
    `${String(refusals)} refused and not settled.`,
  ].join("\n\n")
}

/**
 * Whether events are sent to Odoo at all.
 *
 *     npx medusa exec <path>/odoo-delivery -- pause --reason "Odoo is being upgraded"
 */
export default async function odooDelivery({ container, args }: ExecArgs): Promise<void> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const commands: Record<string, Command> = {
    status: { usage: "counts what is on its way, what has failed and what was refused", run: () => status(container) },
    pause: {
      usage: "[--reason <text>]  sends nothing until it is resumed; events are kept",
      options: ["reason"],
      run: async ({ values }) => {
        await odoo.pauseDelivery(validate(pauseBody, values).reason ?? null)
        return await status(container)
      },
    },
    resume: {
      usage: "sends again; the running shop begins within some seconds",
      run: async () => {
        await odoo.resumeDelivery()
        return await status(container)
      },
    },
  }
  await runCommand("odoo-delivery", commands, args)
}
