import axios from "axios"
import { spawn, type ChildProcess } from "child_process"
import { createHash } from "crypto"
import { closeSync, openSync, readdirSync, readFileSync, rmSync } from "fs"

import type { Shop } from "../support/shop"
import type { Cleanup } from "./cleanup"
import type { DemoFolder } from "./folder"

export type Environment = Record<string, string>

/** A shop that the demo has seeded, and the key that opens `/odoo`. */
export type DemoShop = Shop & { apiKey: string }

const CLI = require.resolve("@medusajs/cli/cli.js")

/** The end of a log file: what a person needs to see when something went wrong. */
function tail(file: string): string {
  return readFileSync(file, "utf8").split("\n").slice(-25).join("\n")
}

/** Starts Medusa's command line. Its own process group keeps a Ctrl-C for us, who end things in order. */
function medusa(args: string[], environment: Environment, logFile: string): ChildProcess {
  const log = openSync(logFile, "a")
  const child = spawn(process.execPath, [CLI, ...args], {
    stdio: ["ignore", log, log],
    detached: process.platform !== "win32",
    env: {
      ...process.env,
      NODE_ENV: "development",
      MEDUSA_DISABLE_TELEMETRY: "true",
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --no-warnings`.trim(),
      ...environment,
    },
  })
  closeSync(log)
  return child
}

const endOf = (child: ChildProcess) =>
  new Promise<number>((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code) => resolve(code ?? 1))
  })

async function command(args: string[], environment: Environment, logFile: string, cleanup: Cleanup): Promise<void> {
  cleanup.check()
  const child = medusa(args, environment, logFile)
  cleanup.add(`medusa ${args[0] ?? ""}`, () => stop(child))
  if ((await endOf(child)) !== 0) {
    throw new Error(`medusa ${args.join(" ")} failed. The end of ${logFile}:\n\n${tail(logFile)}`)
  }
}

/** Everything that can bring a migration: the versions that are installed, and our own. */
function migrationsFingerprint(): string {
  const own = readdirSync("src/modules/odoo/migrations").sort().join()
  return createHash("sha256").update(own).update(readFileSync("package-lock.json")).digest("hex").slice(0, 12)
}

/** Brings the database up to date; done once for each set of migrations. */
export async function migrate(folder: DemoFolder, environment: Environment, cleanup: Cleanup): Promise<void> {
  await folder.once(`migrated-${migrationsFingerprint()}`, environment.DATABASE_URL ?? "", () =>
    command(["db:migrate"], environment, folder.path("setup.log"), cleanup)
  )
}

/** Fills the shop, the first time. */
export async function seed(folder: DemoFolder, environment: Environment, cleanup: Cleanup): Promise<DemoShop> {
  return await folder.once("shop", environment.DATABASE_URL ?? "", async () => {
    const output = folder.path("seeded.json")
    await command(["exec", "./integration-tests/demo/seed.ts", output], environment, folder.path("setup.log"), cleanup)
    const shop = JSON.parse(readFileSync(output, "utf8")) as DemoShop
    rmSync(output)
    return shop
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return
  }
  const ended = endOf(child)
  const kill = (signal: NodeJS.Signals) => {
    try {
      process.kill(process.platform === "win32" ? (child.pid ?? 0) : -(child.pid ?? 0), signal)
    } catch {
      // it ended meanwhile
    }
  }
  kill("SIGTERM")
  const patience = setTimeout(() => {
    kill("SIGKILL")
  }, 10_000)
  await ended
  clearTimeout(patience)
}

/**
 * Starts Medusa and waits until it answers.
 * @returns where it is, and a promise that rejects should it end by itself
 */
export async function startMedusa(folder: DemoFolder, environment: Environment, cleanup: Cleanup) {
  const logFile = folder.path("medusa.log")
  const url = `http://localhost:${environment.PORT ?? ""}`
  cleanup.check()
  const child = medusa(["start"], environment, logFile)
  let stopping = false
  cleanup.add("Medusa", async () => {
    stopping = true
    await stop(child)
  })
  const ended = endOf(child).then((code) => {
    if (!stopping) {
      throw new Error(`Medusa ended by itself (${String(code)}). The end of ${logFile}:\n\n${tail(logFile)}`)
    }
  })
  const answers = async () => {
    while (!stopping) {
      const { status } = await axios.get(`${url}/health`, { validateStatus: () => true }).catch(() => ({ status: 0 }))
      if (status === 200) {
        return
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    cleanup.check()
  }
  await Promise.race([answers(), ended])
  return { url, logFile, ended }
}
