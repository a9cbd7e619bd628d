import { createHash } from "crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "fs"
import { basename, join } from "path"
import { Client } from "@medusajs/framework/pg"

import type { Postgres } from "../support/postgres"

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The folder `.demo` in the checkout: the database, logs, and what earlier starts have done already. */
export class DemoFolder {
  readonly #folder = join(process.cwd(), ".demo")
  #entered = false

  path(name: string): string {
    return join(this.#folder, name)
  }

  /**
   * Makes the folder ours.
   * @throws Error when a demo of this checkout runs already
   */
  enter(): void {
    mkdirSync(this.#folder, { recursive: true })
    const mark = this.path("pid")
    const other = existsSync(mark) ? Number(readFileSync(mark, "utf8")) : 0
    if (other > 0 && other !== process.pid && isAlive(other)) {
      throw new Error(`The demo of this checkout is running already, as process ${String(other)}. If that is something else, remove ${mark}.`)
    }
    writeFileSync(mark, String(process.pid))
    this.#entered = true
  }

  leave(): void {
    if (this.#entered) {
      rmSync(this.path("pid"), { force: true })
    }
  }

  /** Where something about a database is noted. The port of the embedded server changes from start to start. */
  #note(name: string, databaseUrl: string): string {
    const database = process.env.DATABASE_URL ? createHash("sha256").update(databaseUrl).digest("hex").slice(0, 12) : "embedded"
    return this.path(`${name}-${database}.json`)
  }

  /** Whether something about a database is noted. */
  knows(name: string, databaseUrl: string): boolean {
    return existsSync(this.#note(name, databaseUrl))
  }

  /**
   * Forgets what is noted about a database. The notes can outlive the data: a checkout that was moved, a server's folder
   * that was cleaned up, a database that was dropped.
   */
  forget(databaseUrl: string): void {
    const ending = basename(this.#note("", databaseUrl))
    for (const name of readdirSync(this.#folder).filter((found) => found.endsWith(ending))) {
      rmSync(this.path(name))
    }
  }

  /**
   * What an earlier start has noted under a name for a database, or what `make` gives now. A start with another
   * database finds nothing noted.
   */
  async once<T>(name: string, databaseUrl: string, make: () => Promise<T>): Promise<T> {
    const note = this.#note(name, databaseUrl)
    if (existsSync(note)) {
      return JSON.parse(readFileSync(note, "utf8")) as T
    }
    const made = await make()
    writeFileSync(note, JSON.stringify(made ?? null))
    return made
  }
}

/**
 * Makes the database that DATABASE_URL names where it is not there yet.
 * @throws Error when the server is not to be reached, or when an earlier start was ended while it stocked the shop there
 */
export async function ownDatabase(url: string, folder: DemoFolder): Promise<string> {
  const connect = async (address: string) => {
    const client = new Client({ connectionString: address })
    await client.connect()
    return client
  }
  try {
    const client = await connect(url)
    const { rowCount } = await client.query("SELECT 1 FROM pg_tables WHERE tablename = 'product'")
    const { rowCount: products } = rowCount === 0 ? { rowCount: 0 } : await client.query("SELECT 1 FROM product LIMIT 1")
    await client.end()
    if (products !== 0 && !folder.knows("shop", url)) {
      throw new Error("DATABASE_URL names a database with products in it that this demo has not made. Give it an empty one.")
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "3D000")) {
      throw error
    }
    const server = new URL(url)
    const name = decodeURIComponent(server.pathname.slice(1))
    server.pathname = "/postgres"
    const client = await connect(server.href)
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`).finally(() => client.end())
    folder.forget(url)
  }
  return url
}

/**
 * Makes the demo's database on a server of ours where it is not there yet, and anew where an earlier start was ended
 * before the shop was stocked.
 */
export async function databaseFor(postgres: Postgres, folder: DemoFolder): Promise<string> {
  const client = new Client({ connectionString: postgres.urlOf("postgres") })
  await client.connect()
  try {
    if (!folder.knows("shop", "")) {
      await client.query("DROP DATABASE IF EXISTS medusa WITH (FORCE)")
    }
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'medusa'")
    if (rowCount === 0) {
      await client.query("CREATE DATABASE medusa")
      folder.forget("")
    }
  } finally {
    await client.end()
  }
  return postgres.urlOf("medusa")
}
