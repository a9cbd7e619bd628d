import { Client } from "@medusajs/framework/pg"
import axios from "axios"
import { mkdtempSync, readFileSync, rmSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"

import { Admin } from "./admin"
import { MedusaProcess, type Environment } from "./medusa-process"
import { freePort } from "./ports"
import { startPostgres, type Postgres } from "./postgres"
import { repeatBrokenRequests } from "./repeat"
import { KUWAIT_SHOP, type Shop, type ShopInput } from "./shop"

/** More of everything than any test buys. */
const PLENTY = 1_000_000

/** A running Medusa, and where it answers. */
export type Instance = { process: MedusaProcess; url: string }

/**
 * A shop whose Medusa runs in processes of its own, so that they can be killed, on a Postgres of its own, so that it
 * can be restarted.
 */
export class ProcessShop {
  /** whether what its processes have logged outlives it */
  keepsLogs = false
  readonly #processes: MedusaProcess[] = []

  private constructor(
    /** where its processes log */
    readonly folder: string,
    readonly postgres: Postgres,
    readonly shop: Shop,
    /** the `authorization` header of an admin */
    readonly adminAccess: string
  ) {}

  /**
   * Starts the database, brings it up to date and fills the shop; that takes half a minute.
   * @param input.durable whether the database is to survive a crash
   * @param input.environment what its Medusas are set up with: some modules have tables of their own
   * @param input.settings lines for the database's configuration
   * @param input.shop what it sells; the usual articles where it is left out, more of each than any test buys
   */
  static async open(input: {
    durable: boolean
    environment?: Environment
    settings?: readonly string[]
    shop?: ShopInput
  }): Promise<ProcessShop> {
    const folder = mkdtempSync(join(tmpdir(), "medusa-plugin-odoo-shop-"))
    const postgres = await startPostgres({ ...input, dataDir: join(folder, "postgres") })
    try {
      const environment = { ...input.environment, DATABASE_URL: urlOf(postgres) }
      await queryAt(postgres.urlOf("postgres"), "CREATE DATABASE medusa")
      const [log, output] = [join(folder, "setup.log"), join(folder, "seeded.json")]
      await new MedusaProcess(["db:migrate"], environment, log).succeed()
      const seed = ["./integration-tests/support/process-shop-seed.ts", output, JSON.stringify(input.shop ?? { ...KUWAIT_SHOP, stock: PLENTY })]
      await new MedusaProcess(["exec", ...seed], environment, log).succeed()
      const { adminAccess, ...shop } = JSON.parse(readFileSync(output, "utf8")) as Shop & { adminAccess: string }
      return new ProcessShop(folder, postgres, shop, adminAccess)
    } catch (error) {
      await postgres.destroy()
      throw error
    }
  }

  /** Starts a process of Medusa, which does not answer yet. */
  launch(port: number, environment: Environment): Instance {
    const process = new MedusaProcess(
      ["start"],
      { DATABASE_URL: urlOf(this.postgres), PORT: String(port), ...environment },
      join(this.folder, `medusa-${String(port)}.log`)
    )
    this.#processes.push(process)
    return { process, url: `http://localhost:${String(port)}` }
  }

  /** Starts a process of Medusa on a free port and waits until it answers. */
  async start(environment: Environment): Promise<Instance> {
    const instance = this.launch(await freePort(), environment)
    await instance.process.healthy(instance.url)
    return instance
  }

  /** A person at the dashboard of one of its processes, who repeats what found nobody for a while. */
  admin(url: string, patienceMs = 0): Admin {
    const api = axios.create({ baseURL: url, headers: { authorization: this.adminAccess }, validateStatus: () => true })
    repeatBrokenRequests(api, patienceMs)
    return new Admin(api)
  }

  /** The address of its database. */
  get databaseUrl(): string {
    return urlOf(this.postgres)
  }

  /** Asks its database. */
  async query<T>(statement: string, values: readonly unknown[] = []): Promise<T[]> {
    return await queryAt<T>(urlOf(this.postgres), statement, values)
  }

  /** Ends its processes and its database, and throws its data away. */
  async close(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()))
    await this.postgres.destroy()
    if (!this.keepsLogs) {
      rmSync(this.folder, { recursive: true, force: true })
    }
  }
}

const urlOf = (postgres: Postgres) => postgres.urlOf("medusa")

/** On a connection of its own, because a database that is restarted takes its connections with it. */
async function queryAt<T>(url: string, statement: string, values: readonly unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: url })
  // the statement that broke off says so itself
  client.on("error", () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<T & Record<string, unknown>>(statement, [...values])
    return rows
  } finally {
    await client.end()
  }
}
