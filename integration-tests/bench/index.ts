import { writeFileSync } from "fs"
import { parseArgs } from "util"

import { Cleanup, type Voice } from "../support/cleanup"
import { openBench } from "./bench"
import { CASES } from "./cases"
import { measure, type CaseResult } from "./measure"
import { measureOdoo } from "./odoo"
import { caseLines, machine, markdownTable } from "./report"
import { SIZES } from "./size"

const HELP = `npm run bench -- [options]

Measures this plugin against Medusa's own API doing the same work, and against what the database needs at least, in turns
within one run. A goal that is missed is no error; work that was not done is one.

  --size <full|small>  20,000 products and 100,000 orders, which takes a quarter of an hour; or a few, which only shows that it works (full)
  --only <text>        only cases whose name has this in it: ${Object.keys(CASES).join(", ")}
  --orders <number>    how many orders there are, where that is no matter: filling the shop with 100,000 takes a minute
  --turns <number>     how often each does a case's work
  --json <file>        writes the figures there
  --markdown <file>    writes the table there
  --profile <file>     leaves a CPU profile of Medusa there (.cpuprofile), for the developer tools of a browser
  --odoo               instead of the cases: orders a second of the direct connection to the Odoo that ODOO_URL, ODOO_DB, ODOO_USER and
                       ODOO_PASSWORD name, against its calls in a bare loop; --orders (60) in --turns (3)
  --help
`

/** What is measured of the direct connection, where nothing else is said. */
const ODOO_SIZE = { orders: 60, turns: 3 }

const voice: Voice = {
  line: (text) => process.stdout.write(`${text}\n`),
  failure: (text) => process.stderr.write(`\n${text}\n`),
}

function readSettings() {
  const { values } = parseArgs({
    options: {
      size: { type: "string", default: "full" },
      only: { type: "string", default: "" },
      orders: { type: "string" },
      turns: { type: "string" },
      json: { type: "string" },
      markdown: { type: "string" },
      profile: { type: "string" },
      odoo: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  })
  const { size: name, ...given } = values
  if (name !== "full" && name !== "small") {
    throw new Error(`--size is full or small; it is "${name}".`)
  }
  const count = (option: "orders" | "turns") => {
    const text = given[option] ?? String((values.odoo ? ODOO_SIZE : SIZES[name])[option])
    if (!/^[1-9]\d*$/.test(text)) {
      throw new Error(`--${option} is a whole number, 1 or more; it is "${text}".`)
    }
    return Number(text)
  }
  return { ...values, size: { ...SIZES[name], orders: count("orders"), turns: count("turns") } }
}

async function main(): Promise<number> {
  const cleanup = new Cleanup(voice)
  try {
    const { size, only, json, markdown, profile, odoo, help } = readSettings()
    if (help) {
      voice.line(HELP)
      return 0
    }
    const start = Date.now()
    const say = (what: string) => voice.line(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${what}`)
    if (odoo) {
      const lines = await Promise.race([measureOdoo(size.orders, size.turns, cleanup, say), cleanup.asked])
      voice.line(`\n${(lines ?? []).join("\n")}`)
      return lines === undefined ? 1 : 0
    }
    const results: CaseResult[] = []
    const work = async () => {
      const bench = await openBench({ size, profile }, cleanup, say)
      for (const [name, make] of Object.entries(CASES).filter(([each]) => each.includes(only))) {
        cleanup.check()
        say(name)
        const result = await measure(bench, name, await make(bench))
        results.push(result)
        voice.line(`\n${caseLines(result).join("\n")}\n`)
      }
      return "done"
    }
    if ((await Promise.race([work(), cleanup.asked])) === undefined) {
      return 1
    }
    const missed = results.flatMap(({ goals }) => goals.filter(({ holds }) => !holds)).length
    say(`${String(results.length)} cases; ${String(missed)} goals missed`)
    if (json !== undefined) {
      writeFileSync(json, `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), size, results }, null, 2)}\n`)
    }
    if (markdown !== undefined) {
      writeFileSync(markdown, `${markdownTable(results)}\n`)
    }
    return 0
  } catch (error) {
    voice.failure(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return 1
  } finally {
    await cleanup.run()
  }
}

void main().then((code) => process.exit(code))
