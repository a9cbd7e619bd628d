import { parseArgs } from "util"

import { Cleanup, type Voice } from "../support/cleanup"
import { run, type Outcome } from "./run"
import { runDirect, type DirectSettings } from "./run-direct"

const HELP = `npm run test:kill -- [options]

A shop takes orders while its Medusa is killed with SIGKILL at random moments and Odoo is down a third of the time.
At the end each order must have arrived, once, and the events of each in order; and each change of stock that Odoo has said,
with an idempotency key and until it was answered, must have counted once.

  --orders <number>  how many orders shoppers place (50)
  --kills <number>   how often Medusa is killed (6)
  --direct           instead of a receiver of webhooks there is a real Odoo, which ODOO_URL, ODOO_DB, ODOO_USER and ODOO_PASSWORD
                     name: the direct connection makes the sale orders, and each must be there once, with its total
  --restarts <number>  with --direct, how often Odoo is restarted (2): its line is cut for some seconds
  --restart-odoo <command>  with --direct, what is run while the line is cut, to restart Odoo indeed
  --seed <number>    what decides the random moments; the one of an earlier run repeats it as far as the machine allows
  --help
`

/** How many problems are shown; a run that has lost everything says so once for each order. */
const SHOWN = 100

const voice: Voice = {
  line: (text) => process.stdout.write(`${text}\n`),
  failure: (text) => process.stderr.write(`\n${text}\n`),
}

function readCount(text: string, name: string, least: number): number {
  const count = Number(text)
  if (!Number.isSafeInteger(count) || count < least) {
    throw new Error(`${name} must be a whole number, ${String(least)} or more; it is "${text}".`)
  }
  return count
}

type Wanted = DirectSettings & { isDirect: boolean }

function readSettings(): Wanted | undefined {
  const { values } = parseArgs({
    options: {
      orders: { type: "string", default: "50" },
      kills: { type: "string", default: "6" },
      direct: { type: "boolean", default: false },
      restarts: { type: "string", default: "2" },
      "restart-odoo": { type: "string" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    voice.line(HELP)
    return undefined
  }
  return {
    orders: readCount(values.orders, "--orders", 2),
    kills: readCount(values.kills, "--kills", 0),
    seed: readCount(values.seed, "--seed", 0),
    isDirect: values.direct,
    restarts: readCount(values.restarts, "--restarts", 0),
    restartCommand: values["restart-odoo"],
  }
}

function summarise({ orders, kills, seed, isDirect }: Wanted, { problems, figures, logs }: Outcome): void {
  voice.line("\nSummary")
  for (const [what, figure] of figures) {
    voice.line(`  ${what.padEnd(36)} ${figure}`)
  }
  if (problems.length === 0) {
    voice.line(
      isDirect
        ? "\nEach order is one sale order with its total, and each buyer one partner."
        : "\nEach order arrived once, the events of each record in order, and each change of stock counted once."
    )
    return
  }
  voice.line(`\n${String(problems.length)} problems:`)
  for (const problem of problems.slice(0, SHOWN)) {
    voice.line(`  ${problem}`)
  }
  voice.line(problems.length > SHOWN ? `  and ${String(problems.length - SHOWN)} more` : "")
  voice.line(`What Medusa has logged is in ${logs}.`)
  voice.line(`To repeat it: npm run test:kill -- --orders ${String(orders)} --kills ${String(kills)}${isDirect ? " --direct" : ""} --seed ${String(seed)}`)
}

async function main(): Promise<number> {
  const cleanup = new Cleanup(voice)
  try {
    const settings = readSettings()
    if (settings === undefined) {
      return 0
    }
    const start = Date.now()
    const say = (what: string) => voice.line(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${what}`)
    say(`${String(settings.orders)} orders, ${String(settings.kills)} kills, seed ${String(settings.seed)}`)
    const outcome = await Promise.race([(settings.isDirect ? runDirect : run)(settings, cleanup, say), cleanup.asked])
    if (outcome === undefined) {
      return 1
    }
    summarise(settings, outcome)
    return outcome.problems.length === 0 ? 0 : 1
  } catch (error) {
    voice.failure(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    await cleanup.run()
  }
}

void main().then((code) => process.exit(code))
