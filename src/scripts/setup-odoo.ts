import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { setUpOdoo, type SetupReport } from "../connection/setup"
import { runScript, table, type Given } from "../utils/command-line"
import { invalidInput } from "../wire/errors"

/** The exit code where a person has to do something in Odoo. After an error the exit code is 1. */
const OPEN = 2

function closingOf({ success, isInterrupted }: SetupReport, isDryRun: boolean): string {
  if (isInterrupted) {
    return "Odoo has stopped answering. Run this again."
  }
  if (!success) {
    return "Odoo is not ready. Mend what is said above, and run this again."
  }
  return isDryRun ? "Nothing was changed." : "All is well."
}

async function run(container: MedusaContainer, { flags, words }: Given): Promise<string> {
  if (words.length > 0) {
    throw invalidInput("", `There is no ${words.join(" ")}. Options begin with two dashes.`)
  }
  const isDryRun = flags.has("dry-run")
  const report = await setUpOdoo(container, { isDryRun, isRemoval: flags.has("remove") })
  process.exitCode = report.isInterrupted ? 1 : report.success ? 0 : OPEN
  const rows = report.steps.map(({ what, state, detail }) => ({ "in Odoo": what, state, "": detail ?? "" }))
  return `${table(rows, "")}\n\n${closingOf(report, isDryRun)}`
}

/**
 * Makes in Odoo the fields and records that the direct connection needs, and prints what only an administrator of Odoo can do.
 *
 *     npx medusa exec <path>/setup-odoo -- --dry-run
 */
export default async function setupOdoo({ container, args }: ExecArgs): Promise<void> {
  const command = {
    usage: "[--dry-run] [--remove]  makes in Odoo what the direct connection needs; --remove removes what this has made",
    flags: ["dry-run", "remove"],
    run: (given: Given) => run(container, given),
  }
  await runScript("setup-odoo", command, args)
}
