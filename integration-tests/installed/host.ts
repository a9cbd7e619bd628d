import { spawn, type ChildProcess } from "child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"
import ts from "typescript"

import { freePort } from "../support/ports"
import { readmeBlock } from "../support/readme"
import { commandOf, environmentOf, executableOf, MANAGERS, npmrcOf, settingsOf, type Variant } from "./variant"

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

/**
 * Packs the plugin.
 * @param isBuilt whether it was built before, and is packed as it is
 */
export async function pack(isBuilt: boolean): Promise<Packed> {
  const place = mkdtempSync(join(tmpdir(), "medusa-plugin-odoo-packed-"))
  const printed = await succeed("npm", ["pack", "--json", ...(isBuilt ? ["--ignore-scripts"] : []), "--pack-destination", place], { cwd: ROOT })
  const [packed] = JSON.parse(printed.slice(printed.lastIndexOf("\n[") + 1)) as { filename: string; unpackedSize: number; files: { path: string }[] }[]
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

/** A tsconfig as Medusa's starter has it; `medusa build` asks for one in a JavaScript host too. */
const tsconfigOf = (language: Variant["language"]) => ({
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
  // how the tests fill the shop is no matter of the host's build
  ...(language === "typescript" ? { include: ["**/*"], exclude: ["node_modules", ".medusa", "src/scripts"] } : { include: [".medusa/types/*"] }),
})

/** The host's own files, in TypeScript, by their paths without an ending. */
const sources = () => ({
  "src/api/middlewares": `import { defineMiddlewares, type MedusaNextFunction, type MedusaRequest, type MedusaResponse } from "@medusajs/framework/http"

export default defineMiddlewares({
  routes: [],
  errorHandler: (error: Error, request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction) => {
    response.status(418).json({ hosts_own: error.message })
  },
})
`,
  "src/api/teapot/route": `export const GET = () => { throw new Error("short and stout") }`,
  "src/api/teapot/body/route": `import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

export const POST = (request: MedusaRequest, response: MedusaResponse) => { response.json(request.body) }
`,
  "src/scripts/shop": readFileSync(join(ROOT, "integration-tests", "support", "shop.ts"), "utf8"),
  "src/scripts/seed": `import { writeFileSync } from "fs"
import type { ExecArgs } from "@medusajs/framework/types"
import { seedShop } from "./shop"

export default async ({ container, args }: ExecArgs) => { writeFileSync(args[0]!, JSON.stringify(await seedShop(container))) }
`,
})

/** A file by which the compiler of a TypeScript host checks the types that the plugin's package has. */
const TYPES = `import type { OdooPluginOptions } from "medusa-plugin-odoo/options"
import type { EventData } from "medusa-plugin-odoo/events"

export const options = { apiKey: "a-key-of-16-signs", webhook: { url: "https://odoo.example.com" } } satisfies OdooPluginOptions

// @ts-expect-error there is no such option
export const wrong = { colour: "blue" } satisfies OdooPluginOptions

export const nameOf = ({ order }: EventData["order.created"]): string => order.id
`

/**
 * A Medusa backend of its own, in a folder of its own with a blank in its name, that has the packed plugin installed
 * as the README says.
 */
export class Host {
  readonly #place = mkdtempSync(join(tmpdir(), "medusa-plugin-odoo-host-"))
  readonly folder = join(this.#place, "my shop")
  readonly #node: string
  readonly #environment: NodeJS.ProcessEnv
  #server: ChildProcess | undefined
  output = ""

  constructor(
    private readonly variant: Variant,
    environment: NodeJS.ProcessEnv
  ) {
    this.#node = executableOf(variant.node)
    this.#environment = { ...environmentOf(this.#node), ...environment }
  }

  /** Writes a file of the host: TypeScript, or the JavaScript that the compiler makes of it. */
  #write(path: string, text: string): void {
    const { module, language } = this.variant
    const isModule = module === "esm"
    const file = join(this.folder, this.pathOf(path))
    mkdirSync(join(file, ".."), { recursive: true })
    if (language === "typescript") {
      writeFileSync(file, text)
      return
    }
    const kind = isModule ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS
    const { outputText } = ts.transpileModule(text, { compilerOptions: { module: kind, target: ts.ScriptTarget.ES2021 } })
    // an ECMAScript module names the file that it imports
    writeFileSync(file, isModule ? outputText.replace(/from "(\.[^"]*)"/g, 'from "$1.js"') : outputText)
  }

  /** Writes the host and installs it, the plugin from its tarball. */
  async install(tarball: string): Promise<void> {
    const { module, language, manager, medusa } = this.variant
    const { devDependencies, overrides } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Versions
    const names = ["@medusajs/admin-sdk", "@medusajs/cli", "@medusajs/framework", "@medusajs/medusa", "@swc/core", "ts-node", "typescript"]
    mkdirSync(this.folder, { recursive: true })
    const description = {
      name: "host",
      private: true,
      ...(language === "javascript" && module === "esm" ? { type: "module" } : {}),
      dependencies: {
        ...Object.fromEntries(names.map((name) => [name, name.startsWith("@medusajs/") ? medusa : devDependencies[name]])),
        "medusa-plugin-odoo": `file:${tarball}`,
      },
      ...MANAGERS[manager].pins(overrides),
    }
    writeFileSync(join(this.folder, "package.json"), JSON.stringify(description))
    writeFileSync(join(this.folder, ".npmrc"), npmrcOf(manager))
    writeFileSync(join(this.folder, "tsconfig.json"), JSON.stringify(tsconfigOf(language)))
    this.writeConfig(this.config())
    Object.entries(sources()).forEach(([path, text]) => {
      this.#write(path, text)
    })
    if (language === "typescript") {
      this.#write("src/odoo-types", TYPES)
    }
    const [command, args] = commandOf(manager, MANAGERS[manager].install)
    await succeed(command, args, { cwd: this.folder, env: { ...this.#environment, NODE_ENV: "development", ...settingsOf(manager) } })
  }

  /** The path of one of the host's own files, for a command line. */
  pathOf(path: string): string {
    return `./${path}.${this.variant.language === "typescript" ? "ts" : "js"}`
  }

  /** The host's configuration, with the entry that the README gives. */
  config(pluginsEntry = readmeBlock("plugins-entry")): string {
    return `import { defineConfig } from "@medusajs/framework/utils"

${this.variant.module === "esm" ? "export default" : "module.exports ="} defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    http: { storeCors: "*", adminCors: "*", authCors: "*", jwtSecret: "host", cookieSecret: "host" },
  },
  admin: { disable: process.env.ADMIN !== "true" },
  ${pluginsEntry}
})
`
  }

  writeConfig(text: string): void {
    this.#write("medusa-config", text)
  }

  /** Runs a line as a person would type it into a shell, in the host's folder. */
  async type(line: string, environment: NodeJS.ProcessEnv = {}): Promise<{ code: number; output: string }> {
    return await run("bash", ["-c", line], { cwd: this.folder, env: { ...this.#environment, ...environment } })
  }

  /** Builds the host with its admin as for production, and says whether the dashboard is there. A JavaScript host has nothing but the admin to build. */
  async build(): Promise<{ code: number; output: string; hasAdmin: boolean }> {
    const [args, folder] = this.variant.language === "typescript" ? [["build"], "server/public/admin"] : [["build", "--admin-only"], "admin"]
    const built = await run(this.#node, this.#medusa(...args), { cwd: this.folder, env: { ...this.#environment, ADMIN: "true" } })
    return { ...built, hasAdmin: existsSync(join(this.folder, ".medusa", folder, "index.html")) }
  }

  /** The arguments that start Medusa's command line without `npx`, which leaves its child alive when it is killed. */
  #medusa(...args: string[]): string[] {
    return [join(this.folder, "node_modules", "@medusajs", "cli", "cli.js"), ...args]
  }

  /** Tries to boot; for configurations that must not. */
  async boot(environment: NodeJS.ProcessEnv = {}): Promise<{ code: number; output: string }> {
    return await run(this.#node, this.#medusa("start", "--port", String(await freePort())), {
      cwd: this.folder,
      env: { ...this.#environment, ...environment },
    })
  }

  /** Starts the host. */
  async start(environment: NodeJS.ProcessEnv): Promise<string> {
    const port = String(await freePort())
    const child = spawn(this.#node, this.#medusa("start", "--port", port), {
      cwd: this.folder,
      env: { ...this.#environment, ...environment },
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
