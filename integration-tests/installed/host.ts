import { spawn, type ChildProcess } from "child_process"
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"

import { freePort } from "../support/ports"
import { readmeBlock } from "../support/readme"

const ROOT = join(__dirname, "..", "..")

type Versions = { dependencies: Record<string, string>; devDependencies: Record<string, string>; overrides: Record<string, string> }

/** Runs a program to its end and gives what it printed, whatever its exit code. */
export async function run(
  command: string,
  args: string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv }
): Promise<{ code: number; output: string }> {
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" })
    let output = ""
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()))
    child.on("error", reject)
    child.on("close", (code) => resolve({ code: code ?? 1, output }))
  })
}

async function succeed(command: string, args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<string> {
  const { code, output } = await run(command, args, options)
  if (code !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${String(code)}:\n${output.slice(-4000)}`)
  }
  return output
}

/** The plugin as it would be published. */
export type Packed = { tarball: string; files: string[]; unpackedSize: number; remove: () => void }

/** Packs the plugin. */
export async function pack(): Promise<Packed> {
  const place = mkdtempSync(join(tmpdir(), "medusa-plugin-odoo-packed-"))
  const printed = await succeed("npm", ["pack", "--json", "--pack-destination", place], { cwd: ROOT })
  const [packed] = JSON.parse(printed.slice(printed.lastIndexOf("\n["))) as { filename: string; unpackedSize: number; files: { path: string }[] }[]
  if (packed === undefined) {
    throw new Error("npm pack has packed nothing")
  }
  return {
    tarball: join(place, packed.filename),
    files: packed.files.map((file) => file.path),
    unpackedSize: packed.unpackedSize,
    remove: () => {
      rmSync(place, { recursive: true, force: true })
    },
  }
}

/**
 * A Medusa backend of its own, in a folder of its own with a blank in its name, that has the packed plugin installed
 * as the README says.
 */
export class Host {
  readonly #place = mkdtempSync(join(tmpdir(), "medusa-plugin-odoo-host-"))
  readonly folder = join(this.#place, "my shop")
  #server: ChildProcess | undefined
  output = ""

  /** @param version the version of Medusa */
  constructor(
    private readonly version: string,
    private readonly environment: NodeJS.ProcessEnv
  ) {}

  /** Writes the host and installs it, the plugin from its tarball. */
  async install(tarball: string): Promise<void> {
    const { devDependencies, overrides } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Versions
    const names = ["@medusajs/cli", "@medusajs/framework", "@medusajs/medusa", "@swc/core", "ts-node", "typescript"]
    const write = (path: string, text: string) => {
      const file = join(this.folder, path)
      mkdirSync(join(file, ".."), { recursive: true })
      writeFileSync(file, text)
    }
    write(
      "package.json",
      JSON.stringify({
        name: "host",
        private: true,
        dependencies: {
          ...Object.fromEntries(names.map((name) => [name, name.startsWith("@medusajs/") ? this.version : devDependencies[name]])),
          "medusa-plugin-odoo": `file:${tarball}`,
        },
        overrides,
      })
    )
    write("medusa-config.ts", this.config())
    write(
      "tsconfig.json",
      JSON.stringify({
        compilerOptions: {
          target: "ES2021",
          module: "Node16",
          moduleResolution: "Node16",
          esModuleInterop: true,
          experimentalDecorators: true,
          emitDecoratorMetadata: true,
          skipLibCheck: true,
          strict: true,
        },
        "ts-node": { swc: true },
        include: ["**/*"],
      })
    )
    write(
      "src/api/middlewares.ts",
      `import { defineMiddlewares } from "@medusajs/framework/http"
       export default defineMiddlewares({
         routes: [],
         errorHandler: (error, request, response, next) => { response.status(418).json({ hosts_own: error.message }) },
       })`
    )
    write("src/api/teapot/route.ts", `export const GET = () => { throw new Error("short and stout") }`)
    write("src/api/teapot/body/route.ts", `export const POST = (request, response) => { response.json(request.body) }`)
    write(
      "src/scripts/seed.ts",
      `import { writeFileSync } from "fs"
       import { seedShop } from "./shop"
       export default async ({ container, args }) => { writeFileSync(args[0], JSON.stringify(await seedShop(container))) }`
    )
    copyFileSync(join(ROOT, "integration-tests", "support", "shop.ts"), join(this.folder, "src", "scripts", "shop.ts"))
    await succeed("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], { cwd: this.folder })
  }

  /** The host's configuration, with the entry that the README gives. */
  config(pluginsEntry = readmeBlock("plugins-entry")): string {
    return `import { defineConfig } from "@medusajs/framework/utils"

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    http: { storeCors: "*", adminCors: "*", authCors: "*", jwtSecret: "host", cookieSecret: "host" },
  },
  admin: { disable: true },
  ${pluginsEntry}
})
`
  }

  writeConfig(text: string): void {
    writeFileSync(join(this.folder, "medusa-config.ts"), text)
  }

  /** Runs a line as a person would type it into a shell, in the host's folder. */
  async type(line: string, environment: NodeJS.ProcessEnv = {}): Promise<{ code: number; output: string }> {
    return await run("bash", ["-c", line], { cwd: this.folder, env: { ...this.environment, ...environment } })
  }

  /** The arguments that start Medusa's command line without `npx`, which leaves its child alive when it is killed. */
  #medusa(...args: string[]): string[] {
    return [join(this.folder, "node_modules", "@medusajs", "cli", "cli.js"), ...args]
  }

  /** Tries to boot; for configurations that must not. */
  async boot(environment: NodeJS.ProcessEnv = {}): Promise<{ code: number; output: string }> {
    return await run(process.execPath, this.#medusa("start", "--port", String(await freePort())), {
      cwd: this.folder,
      env: { ...this.environment, ...environment },
    })
  }

  /** Starts the host. */
  async start(environment: NodeJS.ProcessEnv): Promise<string> {
    const port = String(await freePort())
    const child = spawn(process.execPath, this.#medusa("start", "--port", port), {
      cwd: this.folder,
      env: { ...this.environment, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    })
    this.#server = child
    child.stdout.on("data", (chunk: Buffer) => (this.output += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (this.output += chunk.toString()))
    const url = `http://localhost:${port}`
    for (const end = Date.now() + 120_000; Date.now() < end; ) {
      if (child.exitCode !== null) {
        break
      }
      if (await fetch(`${url}/health`).then((response) => response.ok, () => false)) {
        return url
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    throw new Error(`the host did not start:\n${this.output.slice(-4000)}`)
  }

  async stop(): Promise<void> {
    const server = this.#server
    if (server !== undefined && server.exitCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve))
      server.kill("SIGTERM")
      const patience = setTimeout(() => server.kill("SIGKILL"), 10_000)
      await ended
      clearTimeout(patience)
    }
    rmSync(this.#place, { recursive: true, force: true })
  }
}
