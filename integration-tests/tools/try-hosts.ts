import { spawn, spawnSync } from "child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"

import { exactVersions, type Variant } from "../installed/variant"
import { POSTGRES_PACKAGES } from "../support/postgres"

type Combination = Variant & { postgres: string }

const combination = (...[medusa, node, postgres, manager, language, module]: [string, string, string, Variant["manager"], Variant["language"], Variant["module"]]) => ({
  medusa, node, postgres, manager, language, module,
})

/** Combinations in which each two values of different columns meet at least once, and then the versions of Medusa in between. */
const COMBINATIONS: readonly Combination[] = [
  combination("2.13.0", "20", "14", "npm", "javascript", "commonjs"),
  combination("2.21.2", "22", "14", "yarn@4", "typescript", "esm"),
  combination("2.17.2", "24", "14", "pnpm@10", "javascript", "commonjs"),
  combination("2.17.2", "20", "15", "yarn@4", "typescript", "commonjs"),
  combination("2.13.0", "22", "15", "pnpm@10", "javascript", "esm"),
  combination("2.21.2", "24", "15", "npm", "typescript", "esm"),
  combination("2.21.2", "20", "16", "pnpm@10", "typescript", "commonjs"),
  combination("2.17.2", "22", "16", "npm", "javascript", "esm"),
  combination("2.13.0", "24", "16", "yarn@4", "javascript", "commonjs"),
  combination("2.13.0", "20", "17", "npm", "typescript", "esm"),
  combination("2.21.2", "22", "17", "yarn@1", "javascript", "commonjs"),
  combination("2.17.2", "24", "17", "pnpm@10", "typescript", "esm"),
  combination("2.17.2", "20", "18", "yarn@4", "javascript", "commonjs"),
  combination("2.13.0", "22", "18", "pnpm@10", "typescript", "esm"),
  combination("2.21.2", "24", "18", "npm", "typescript", "commonjs"),
  ...["2.14.2", "2.15.5", "2.16.0", "2.18.0", "2.19.0", "2.20.1"].map((medusa) => combination(medusa, "20", "17", "npm", "typescript", "commonjs")),
]

const DOCUMENT = join("docs", "versions.md")

/** What stands before and behind the rows in the document. */
const [BEGIN, END] = ["<!-- rows of npm run test:hosts -->", "<!-- end of the rows -->"]

const numberOf = (row: string) => Number(/^\| (\d+) /.exec(row)?.[1])

/** Puts the row of a combination into the document, in the place of an earlier one. */
function noteRow(number: number, cells: readonly string[]): void {
  const text = readFileSync(DOCUMENT, "utf8")
  const [before = "", rest = ""] = text.split(BEGIN)
  const [table = "", after = ""] = rest.split(END)
  const lines = table.trim().split("\n")
  const [head, others] = [lines.slice(0, 2), lines.slice(2).filter((line) => numberOf(line) !== number)]
  const rows = [...others, `| ${[String(number), ...cells].join(" | ")} |`].sort((one, other) => numberOf(one) - numberOf(other))
  writeFileSync(DOCUMENT, [before, BEGIN, "\n\n", [...head, ...rows].join("\n"), "\n\n", END, after].join(""))
}

type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { message: string; assertionResults: { status: string; title: string; failureMessages: string[] }[] }[]
}

/** What the tests have said: how many have passed, or which has failed first. */
function outcomeOf(path: string, seconds: number): string {
  if (!existsSync(path)) {
    return "not run: the tests left no report"
  }
  const { numPassedTests, testResults } = JSON.parse(readFileSync(path, "utf8")) as Report
  const failed = testResults.flatMap(({ assertionResults }) => assertionResults).find(({ status }) => status !== "passed")
  const time = `${String(Math.floor(seconds / 60))}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`
  return failed === undefined ? `passed, ${String(numPassedTests)} tests in ${time}` : `failed: ${failed.title}`
}

/** Runs the smoke in one host, and notes the outcome. */
async function tryOne(number: number, tried: Combination): Promise<boolean> {
  const place = mkdtempSync(join(tmpdir(), "medusa-plugin-odoo-hosts-"))
  const report = join(place, "report.json")
  const { medusa, node, postgres, manager, language, module } = tried
  const given = Object.entries(tried).map(([name, value]) => `--${name}=${value}`)
  process.stdout.write(`\n${String(number)} of ${String(COMBINATIONS.length)}: ${given.join(" ")}\n`)
  const started = Date.now()
  const program = join("integration-tests", "tools", "run.mjs")
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [program, "test", "--type=installed", "--smoke", ...given, "--json", `--outputFile=${report}`], {
      stdio: ["ignore", "ignore", "inherit"],
    })
    child.on("error", reject)
    child.on("exit", resolve)
  })
  const outcome = outcomeOf(report, (Date.now() - started) / 1000)
  rmSync(place, { recursive: true, force: true })
  const exact = exactVersions(tried)
  const [postgresVersion = postgres] = (POSTGRES_PACKAGES[postgres] ?? postgres).split(".0-")
  const kind = `${language === "typescript" ? "TypeScript" : "JavaScript"}, ${module === "esm" ? "ESM" : "CommonJS"}`
  noteRow(number, [medusa, exact.node || node, postgresVersion, exact.manager || manager, kind, new Date().toISOString().slice(0, 10), outcome])
  process.stdout.write(`${outcome}\n`)
  return code === 0
}

async function main(): Promise<number> {
  const named = process.argv.slice(2).map(Number)
  if (spawnSync("npm", ["run", "build"], { stdio: "inherit", shell: process.platform === "win32" }).status !== 0) {
    return 1
  }
  let failures = 0
  for (const [index, tried] of COMBINATIONS.entries()) {
    if (named.length === 0 || named.includes(index + 1)) {
      failures += (await tryOne(index + 1, tried)) ? 0 : 1
    }
  }
  return failures === 0 ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  }
)
