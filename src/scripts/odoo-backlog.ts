import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { recordTypes } from "../records"
import { requiredOption, runCommand, table, type Command, type Given } from "../utils/command-line"
import { invalidInput } from "../wire/errors"
import { backlogOptions } from "../wire/schemas/backlog"
import { validate } from "../wire/validate"
import { sendBacklog } from "../workflows/sweep/backlog"

/**
 * Reads the kinds from `--only`, which names one in the plural; all kinds where the option is missing.
 * @throws WireError `VALIDATION_ERROR` for an unknown kind
 */
function kindsOf(only: string | undefined): string[] {
  const kinds = recordTypes().map(({ kind }) => kind)
  const chosen = kinds.filter((kind) => only === undefined || only === `${kind}s`)
  if (chosen.length === 0) {
    throw invalidInput("only", `must be ${kinds.map((kind) => `"${kind}s"`).join(" or ")}`)
  }
  return chosen
}

async function send(container: MedusaContainer, { values, flags }: Given): Promise<string> {
  const { since, only, destination } = validate(backlogOptions, { ...values, since: requiredOption(values, "since") })
  const dryRun = flags.has("dry-run")
  const results = await sendBacklog(container, {
    since,
    kinds: kindsOf(only),
    dryRun,
    destination,
    onProgress: ({ kind, done, total }) => {
      process.stdout.write(`${kind}s: ${String(done)} of ${String(total)}\n`)
    },
  })
  const rows = results.map(({ kind, total, written, failed }) => ({
    backlog: `${kind}s`,
    "not told yet": String(total),
    ...(dryRun ? {} : { "on their way": String(written), "could not be read": String(failed) }),
  }))
  const note = dryRun ? "Nothing is sent." : "The running shop sends them within some seconds, unless delivery is paused."
  return `${table(rows, "")}\n\n${note}`
}

/**
 * Sends Odoo the records that are older than the plugin, or sends another destination the records that it never got.
 *
 *     npx medusa exec <path>/odoo-backlog -- send --since 2026-01-01 --dry-run
 */
export default async function odooBacklog({ container, args }: ExecArgs): Promise<void> {
  const commands: Record<string, Command> = {
    send: {
      usage: "--since <date>  tells Odoo, or a destination, of records from before it, the oldest first",
      options: ["since", "only", "destination"],
      flags: ["dry-run"],
      run: (given) => send(container, given),
    },
  }
  await runCommand("odoo-backlog", commands, args)
}
