import { spawn } from "child_process"
import { mkdtempSync, readdirSync, readFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"

import { whyNoPrograms, whyNotRun } from "../support/older-program"
import { startPostgres } from "../support/postgres"

/** A database server for the tests, and how to be rid of it. */
type Server = { url: URL; stop: () => Promise<void> }

/** The server that DATABASE_URL names, or one of our own for this run. */
async function databaseServer(): Promise<Server> {
  if (process.env.DATABASE_URL) {
    return { url: new URL(process.env.DATABASE_URL), stop: () => Promise.resolve() }
  }
  const dataDir = mkdtempSync(join(tmpdir(), "medusa-plugin-odoo-test-"))
  const postgres = await startPostgres({ dataDir, durable: false, ...(postgresVersion === undefined ? {} : { version: postgresVersion }) })
  return { url: new URL(postgres.urlOf("postgres")), stop: () => postgres.destroy() }
}

/** What Medusa's test runner wants to know of the server. It takes any other host than localhost for one with SSL. */
function environment(url: URL): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env
  return {
    ...rest,
    ...(type === undefined ? {} : { TEST_TYPE: type }),
    ...hostEnvironment(),
    ...(isWhole ? { FC_WHOLE: "true" } : {}),
    ...(jestArguments.some(isNamed) ? { TEST_FILES: "named" } : {}),
    DB_HOST: url.hostname === "127.0.0.1" ? "localhost" : url.hostname,
    DB_PORT: url.port || "5432",
    DB_USERNAME: decodeURIComponent(url.username) || "postgres",
    DB_PASSWORD: decodeURIComponent(url.password) || "postgres",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "error",
    // the migrated database that those of the tests are copies of; the first test that needs one makes it
    TEST_TEMPLATE: `medusa-test-template-${String(process.pid)}`,
    MEDUSA_DISABLE_TELEMETRY: "true",
    NODE_ENV: "test",
    // most of what Medusa allocates is garbage soon: with twice the usual room for it, the tests take a seventh less processor time
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --experimental-vm-modules --no-warnings --max-semi-space-size=32`.trim(),
  }
}

/** The suites that try a property with random cases: those that `runs` tells how many. */
function propertySuites(): string[] {
  const folder = join("integration-tests", "http")
  return readdirSync(folder).map((name) => join(folder, name)).filter((file) => /\bruns\(/.test(readFileSync(file, "utf8")))
}

/** The value of an argument of this program. */
const valueOf = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(`--${name}=`.length)

/** Properties are tried with all of their random cases, and no other suite runs unless it is named. */
const isWhole = process.argv.includes("--whole")

/** What the hosts are made with that the packed plugin is installed into: `--medusa=2.13.0,2.17.2` and the like, and the variable of each. */
const HOST_ARGUMENTS = { medusa: "MEDUSA_VERSIONS", node: "HOST_NODE", manager: "HOST_MANAGER", language: "HOST_LANGUAGE", module: "HOST_MODULE" }

const hostEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(HOST_ARGUMENTS).flatMap(([name, variable]) => (valueOf(name) === undefined ? [] : [[variable, valueOf(name)]]))),
  ...(process.argv.includes("--smoke") ? { HOST_SMOKE: "true" } : {}),
})

/** What is handed on to jest. `--type=http` and the like pick one kind of test, `--postgres=16` another version of Postgres than the usual. */
const isOurs = new RegExp(`^--(whole$|smoke$|(type|postgres|${Object.keys(HOST_ARGUMENTS).join("|")})=)`)
const givenArguments = process.argv.slice(2).filter((argument) => !isOurs.test(argument))
const isNamed = (argument: string) => !argument.startsWith("-")
const jestArguments = isWhole && !givenArguments.some(isNamed) ? [...givenArguments, ...propertySuites()] : givenArguments
const type = valueOf("type")
const postgresVersion = valueOf("postgres")

/** What starts several processes of Medusa has the machine for itself, and what works on one Odoo that Odoo. */
const workers = ["instances", "odoo", "stock-odoo"].includes(type ?? "") ? "1" : "2"

/**
 * Which files are left out here, by what their paths hold, because there is nothing that they could run. Their tests are not
 * skipped, which CI takes for a failure: they are not there.
 */
function leftOut(): string[] {
  const [path, reason] = type === "clients" ? ["older-programs", whyNotRun()] : type === "odoo" ? ["older-controller", whyNoPrograms()] : []
  if (path === undefined || reason === undefined) {
    return []
  }
  process.stdout.write(`${path} is left out: ${reason}.\n`)
  return [`--testPathIgnorePatterns=${path}`, "--passWithNoTests"]
}

async function main(): Promise<number> {
  const server = await databaseServer()
  // jest ends by itself on a signal; what is to do here then is to stop the server
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => undefined)
  }
  try {
    const jest = require.resolve("jest/bin/jest")
    const child = spawn(
      process.execPath,
      // the runner's own connections outlive its tests, and its libraries talk; set LOG_LEVEL and pass --silent=false to listen
      [jest, `--maxWorkers=${workers}`, "--forceExit", "--silent", ...leftOut(), ...jestArguments],
      { stdio: "inherit", env: environment(server.url) }
    )
    return await new Promise((resolve, reject) => {
      child.on("error", reject)
      child.on("exit", (code) => resolve(code ?? 1))
    })
  } finally {
    await server.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  }
)
