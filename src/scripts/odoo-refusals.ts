import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { listRefusals } from "../queries/read-events"
import { onlyId, readableTime, requiredOption, runCommand, table, type Command } from "../utils/command-line"
import { dismissBody, listRefusalsQuery } from "../wire/schemas/admin"
import { validate } from "../wire/validate"
import { dismissRefusal } from "../event-admin/dismiss"

async function list(container: MedusaContainer, values: Partial<Record<string, string>>): Promise<string> {
  const { refusals, total, pagination } = await listRefusals(container, validate(listRefusalsQuery, { open: "true", ...values }))
  const rows = refusals.map((refusal) => ({
    id: refusal.id,
    last: readableTime(refusal.refused_at),
    times: String(refusal.times),
    record: refusal.record_id,
    said: refusal.said,
    "": refusal.settled_at === null ? refusal.message : `settled ${readableTime(refusal.settled_at)} ${refusal.dismissal ?? ""}`,
  }))
  const shown = table(rows, "There are none.")
  return pagination.has_more ? `${shown}\n\n${String(refusals.length)} of ${String(total)}; --limit and --offset show others.` : shown
}

/**
 * Lists and settles refusals: requests of Odoo's about orders that Medusa did not allow.
 *
 *     npx medusa exec <path>/odoo-refusals list
 */
export default async function odooRefusals({ container, args }: ExecArgs): Promise<void> {
  const commands: Record<string, Command> = {
    list: {
      usage: "shows what nobody has settled; --open false what is settled",
      options: ["open", "limit", "offset"],
      run: ({ values }) => list(container, values),
    },
    dismiss: {
      usage: "<id> --reason <text>  settles a refusal",
      options: ["reason"],
      run: async ({ words, values }) => {
        const id = onlyId(words, "refusal")
        await dismissRefusal(container, id, validate(dismissBody, { reason: requiredOption(values, "reason") }).reason)
        return `${id} is settled.`
      },
    },
  }
  await runCommand("odoo-refusals", commands, args)
}
