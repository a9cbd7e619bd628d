import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { runDoctor } from "../connection/doctor"
import { runScript, type Given } from "../utils/command-line"
import type { DoctorAnswer, DoctorFinding } from "../wire/answer-schemas/admin"

/** The exit codes where a check did not pass. After an error the exit code is 1 too, because nothing could be found out. */
const EXIT = { mend: 2, unknown: 1 } as const

/** The titles of the findings by state, in the order of the output. */
const TITLES = [
  ["mend", "To mend"],
  ["unknown", "Could not be found out"],
  ["well", "Well"],
] as const

const linesOf = ({ check, sentence, remedy }: DoctorFinding) => [`  ${check}: ${sentence}`, ...(remedy === null ? [] : [`    Remedy: ${remedy}`])]

function textOf({ findings, score }: DoctorAnswer): string {
  const parts = TITLES.flatMap(([state, title]) => {
    const shown = findings.filter((finding) => finding.state === state)
    return shown.length === 0 ? [] : [[title, ...shown.flatMap(linesOf)].join("\n")]
  })
  return [...parts, `Score: ${String(score)} of 100`].join("\n\n")
}

async function doctorText(container: MedusaContainer, { flags }: Given): Promise<string> {
  const answer = await runDoctor(container)
  const states = answer.findings.map(({ state }) => state)
  if (states.includes("mend")) {
    process.exitCode = EXIT.mend
  } else if (states.includes("unknown")) {
    process.exitCode = EXIT.unknown
  }
  return flags.has("json") ? JSON.stringify(answer, null, 2) : textOf(answer)
}

/**
 * Prints what is wrong with the direct connection. Exit code 0: all checks passed; 2: something has to be mended; 1: a check could not
 * be made.
 *
 *     npx medusa exec <path>/doctor -- --json
 */
export default async function doctor({ container, args }: ExecArgs): Promise<void> {
  await runScript(
    "doctor",
    { usage: "[options]  tells what is wrong between the shop and Odoo, with a remedy", flags: ["json"], run: (given) => doctorText(container, given) },
    args
  )
}
