import { Client } from "@medusajs/framework/pg"
import axios, { type AxiosInstance } from "axios"
import { mkdirSync, writeFileSync } from "fs"
import { join, resolve } from "path"

import type { Cleanup } from "../support/cleanup"
import type { Instance } from "../support/process-shop"
import { freePort } from "../support/ports"
import { ProcessShop } from "../support/process-shop"
import { Receiver } from "./receiver"
import { seedCatalogue } from "./seed-catalogue"
import { seedOrders } from "./seed-orders"
import type { Size } from "./size"

const API_KEY = "the-key-of-the-benchmark"

/** Requests of a client of the shop; one that is not answered with 2xx throws. */
const clientOf = (baseURL: string, headers: Record<string, string>) =>
  axios.create({ baseURL, headers, maxBodyLength: Infinity, maxContentLength: Infinity })

/** What a case can reach. */
export type Bench = {
  size: Size
  shop: ProcessShop
  /** where Medusa answers */
  url: string
  /** Odoo's side */
  odoo: AxiosInstance
  odooHeaders: Record<string, string>
  /** a person with admin access */
  admin: AxiosInstance
  /** one connection to the database, for the floors */
  database: Client
  /** who takes the webhooks */
  receiver: Receiver
  memory: Memory
  statements: Statements
}

/** How much memory the measured Medusa takes; bytes. */
export class Memory {
  constructor(private readonly url: string) {}

  /** Has it watch from now on. */
  async reset(): Promise<void> {
    await axios.get(`${this.url}/reset`)
  }

  /** The most that it took since. */
  async peak(): Promise<number> {
    return (await axios.get<{ peak: number }>(this.url)).data.peak
  }

  /** Has it watch from now on what is alive, for which it collects its garbage again and again. */
  async watchLive(): Promise<void> {
    await axios.get(`${this.url}/watch-live`)
  }

  /** By how much that has grown since at the most. */
  async liveGrowth(): Promise<number> {
    return (await axios.get<{ growth: number }>(`${this.url}/live-growth`)).data.growth
  }
}

/** How many statements the database has run, of whomever. BEGIN and COMMIT do not count. */
export class Statements {
  constructor(private readonly shop: ProcessShop) {}

  async reset(): Promise<void> {
    await this.shop.query("SELECT pg_stat_statements_reset()")
  }

  async count(): Promise<number> {
    const [row] = await this.shop.query<{ calls: string }>(
      `SELECT coalesce(sum(calls), 0) AS calls FROM pg_stat_statements
       WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%'`
    )
    return Number(row?.calls)
  }
}

/** A plugin with a route that does nothing, as the measure of what Medusa itself costs. @returns its folder */
function writeNothingPlugin(folder: string): string {
  const plugin = join(folder, "nothing")
  const route = join(plugin, ".medusa", "server", "src", "api", "nothing")
  mkdirSync(route, { recursive: true })
  writeFileSync(join(plugin, "package.json"), JSON.stringify({ name: "nothing", version: "1.0.0" }))
  writeFileSync(join(route, "route.js"), "exports.POST = (request, response) => response.json({ success: true })\n")
  return plugin
}

/** @param profile the file in which it leaves a CPU profile when it ends */
async function startMedusa(shop: ProcessShop, receiver: Receiver, probePort: number, profile: string | undefined): Promise<Instance> {
  return await shop.start({
    NODE_ENV: "production",
    NODE_OPTIONS: `--no-warnings --expose-gc --require=${join(__dirname, "probe.cjs")}`,
    BENCH_PROBE_PORT: String(probePort),
    ...(profile === undefined ? {} : { BENCH_PROFILE: resolve(profile) }),
    BENCH_PLUGIN: writeNothingPlugin(shop.folder),
    ODOO_API_KEY: API_KEY,
    ODOO_WEBHOOK_URL: receiver.url,
    ODOO_WEBHOOK_SECRET: "the-secret-of-the-benchmark",
    ODOO_RATE_LIMIT: "0",
    ODOO_BODY_LIMIT: "64mb",
    ODOO_SWEEP_INTERVAL: "1d",
    LOG_LEVEL: "error",
  })
}

/**
 * Starts a shop of a size with a Medusa in a process of its own, on a Postgres that survives a crash. What a person ends
 * meanwhile is cleaned up.
 */
export async function openBench(
  { size, profile }: { size: Size; profile: string | undefined },
  cleanup: Cleanup,
  say: (what: string) => void
): Promise<Bench> {
  const receiver = new Receiver()
  await receiver.start()
  cleanup.add("the receiver", () => receiver.stop())
  const opening = ProcessShop.open({
    durable: true,
    settings: [
      "shared_preload_libraries = 'pg_stat_statements'",
      "pg_stat_statements.track_utility = off",
      // what a server of a shop has; the default is for the smallest of machines
      "shared_buffers = 512MB",
      "max_wal_size = 4GB",
    ],
  })
  cleanup.add("the shop", () => opening.then((shop) => shop.close()))
  const shop = await opening
  cleanup.check()
  await shop.query("CREATE EXTENSION pg_stat_statements")
  say("the database is up; filling the catalogue")
  await seedCatalogue(shop, size)
  cleanup.check()
  say("filling the order history")
  await seedOrders(shop, size)
  await shop.query("VACUUM ANALYZE")
  cleanup.check()
  say("starting Medusa")
  const probePort = await freePort()
  const { url } = await startMedusa(shop, receiver, probePort, profile)
  const database = new Client({ connectionString: shop.databaseUrl })
  await database.connect()
  cleanup.add("the connection", () => database.end())
  const odooHeaders = { "x-odoo-api-key": API_KEY }
  return {
    size,
    shop,
    url,
    odooHeaders,
    odoo: clientOf(url, odooHeaders),
    admin: clientOf(url, { authorization: shop.adminAccess }),
    database,
    receiver,
    memory: new Memory(`http://127.0.0.1:${String(probePort)}`),
    statements: new Statements(shop),
  }
}
