import { createHash } from "crypto"
import { readdirSync, readFileSync, rmSync } from "fs"

import type { Cleanup } from "../support/cleanup"
import { MedusaProcess, type Environment } from "../support/medusa-process"
import type { Shop } from "../support/shop"
import type { DemoFolder } from "./folder"

/** Who signs in to the shop's admin. */
export type DemoAdmin = { email: string; password: string }

/** A shop that the demo has seeded, and the key that opens `/odoo`. */
export type DemoShop = Shop & { apiKey: string }

function medusa(args: string[], environment: Environment, logFile: string, cleanup: Cleanup): MedusaProcess {
  cleanup.check()
  const child = new MedusaProcess(args, environment, logFile)
  cleanup.add(`medusa ${args[0] ?? ""}`, () => child.stop())
  return child
}

/** Everything that can bring a migration: the versions that are installed, and our own. */
function migrationsFingerprint(): string {
  const own = readdirSync("src/modules/odoo/migrations").sort().join()
  return createHash("sha256").update(own).update(readFileSync("package-lock.json")).digest("hex").slice(0, 12)
}

/** Brings the database up to date; done once for each set of migrations. */
export async function migrate(folder: DemoFolder, environment: Environment, cleanup: Cleanup): Promise<void> {
  await folder.once(`migrated-${migrationsFingerprint()}`, environment.DATABASE_URL ?? "", () =>
    medusa(["db:migrate"], environment, folder.path("setup.log"), cleanup).succeed()
  )
}

/** What a script of the demo makes and writes down. */
async function made<T>(script: string, folder: DemoFolder, environment: Environment, cleanup: Cleanup): Promise<T> {
  const output = folder.path(`${script}.json`)
  await medusa(["exec", `./integration-tests/demo/${script}.ts`, output], environment, folder.path("setup.log"), cleanup).succeed()
  const result = JSON.parse(readFileSync(output, "utf8")) as T
  rmSync(output)
  return result
}

/** Fills the shop, the first time. */
export async function seed(folder: DemoFolder, environment: Environment, cleanup: Cleanup): Promise<DemoShop> {
  return await folder.once("shop", environment.DATABASE_URL ?? "", () => made<DemoShop>("seed", folder, environment, cleanup))
}

/** Makes an admin of the shop, the first time. */
export async function makeAdmin(folder: DemoFolder, environment: Environment, cleanup: Cleanup): Promise<DemoAdmin> {
  return await folder.once("admin", environment.DATABASE_URL ?? "", () => made<DemoAdmin>("admin", folder, environment, cleanup))
}

/**
 * Starts Medusa and waits until it answers.
 * @returns where it is, and a promise that rejects should it end by itself
 */
export async function startMedusa(folder: DemoFolder, environment: Environment, cleanup: Cleanup) {
  const url = `http://localhost:${environment.PORT ?? ""}`
  const child = medusa(["start"], environment, folder.path("medusa.log"), cleanup)
  await child.healthy(url)
  cleanup.check()
  return { url, logFile: child.logFile, ended: child.endedAsAsked() }
}
