import { spawnSync } from "child_process"
import { dirname } from "path"

/** What a host is made with. */
export type Variant = {
  /** the version of Medusa */
  medusa: string
  /** the version of Node, or the beginning of one, such as `22` */
  node: string
  /** the package manager, with its version */
  manager: keyof typeof MANAGERS
  /** what the host's own files are written in */
  language: "typescript" | "javascript"
  /** which modules the configuration, and in JavaScript all of the host, consists of */
  module: "commonjs" | "esm"
}

/** A package manager: the package and the command of it, the install command, and the member of `package.json` that pins packages. */
type Manager = {
  package: string
  command: string
  install: readonly string[]
  pins: (versions: Record<string, string>) => object
  /** lines of the host's `.npmrc` */
  npmrc?: readonly string[]
}

/** The package managers, by how an argument names them. */
export const MANAGERS = {
  npm: {
    package: "npm",
    command: "npm",
    install: ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"],
    pins: (overrides) => ({ overrides }),
  },
  "pnpm@10": {
    package: "pnpm@10",
    command: "pnpm",
    install: ["install", "--prefer-offline"],
    pins: (overrides) => ({ pnpm: { overrides } }),
    // Medusa looks for its own packages, and those of its admin, in the host's folder
    npmrc: ["*@medusajs/*", "@tanstack/react-query", "react", "react-dom", "react-i18next", "react-router-dom"].map((pattern) => `public-hoist-pattern[]=${pattern}`),
  },
  "yarn@1": {
    package: "yarn@1",
    command: "yarn",
    install: ["install", "--prefer-offline", "--non-interactive", "--silent"],
    pins: (resolutions) => ({ resolutions }),
  },
  "yarn@4": { package: "@yarnpkg/cli-dist@4", command: "yarn", install: ["install"], pins: (resolutions) => ({ resolutions }) },
} as const satisfies Record<string, Manager>

/** Runs a program to its end. */
function outputOf(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: "utf8", shell: process.platform === "win32" })
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${String(status)}:\n${stdout}${stderr}`)
  }
  return stdout.trim()
}

const isThisNode = (version: string) => `${process.versions.node}.`.startsWith(`${version}.`)

/** The executable of a version of Node: of the one that runs here, or of the npm package `node`. */
export const executableOf = (version: string): string =>
  isThisNode(version) ? process.execPath : outputOf("npx", ["--yes", "-p", `node@${version}`, "node", "-p", "process.execPath"])

/** The environment in which `node`, `npm` and `npx` are those of an executable of Node. */
export function environmentOf(executable: string): NodeJS.ProcessEnv {
  // options of the Node that runs the tests are not those of the host
  const { NODE_OPTIONS: _, ...environment } = process.env
  return executable === process.execPath ? environment : { ...environment, PATH: `${dirname(executable)}:${environment.PATH ?? ""}` }
}

/** The command line of a package manager. Each but npm is fetched by npm's `npx`. */
export function commandOf(name: Variant["manager"], args: readonly string[]): [command: string, args: string[]] {
  const { package: source, command }: Manager = MANAGERS[name]
  return source === command ? [command, [...args]] : ["npx", ["--yes", "-p", source, command, ...args]]
}

/** The host's `.npmrc`. */
export function npmrcOf(name: Variant["manager"]): string {
  const { npmrc = [] }: Manager = MANAGERS[name]
  return npmrc.map((line) => `${line}\n`).join("")
}

/** What the package managers are told beside their arguments: yarn 4 reads no `.npmrc`. */
export const settingsOf = (name: Variant["manager"]): NodeJS.ProcessEnv =>
  name === "yarn@4"
    ? {
        YARN_NPM_REGISTRY_SERVER: outputOf("npm", ["config", "get", "registry"]).replace(/\/$/, ""),
        YARN_NODE_LINKER: "node-modules",
        YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
        YARN_ENABLE_TELEMETRY: "false",
      }
    : {}

/** The exact versions of a variant's Node and package manager. */
export function exactVersions({ node, manager }: Pick<Variant, "node" | "manager">): { node: string; manager: string } {
  const executable = executableOf(node)
  const [command, args] = commandOf(manager, ["--version"])
  return {
    node: outputOf(executable, ["--version"]).replace("v", ""),
    manager: `${MANAGERS[manager].command} ${outputOf(command, args, environmentOf(executable))}`,
  }
}

const oneOf = <T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T => {
  const found = allowed.find((each) => each === (value ?? allowed[0]))
  if (found === undefined) {
    throw new Error(`${name} must be one of ${allowed.join(", ")}`)
  }
  return found
}

/**
 * The variants that the environment names, one for each version of Medusa.
 * @param medusa the version of Medusa where the environment names none
 */
export function variantsOf(env: NodeJS.ProcessEnv, medusa: string): Variant[] {
  const others = {
    node: env.HOST_NODE ?? process.versions.node,
    manager: oneOf("--manager", env.HOST_MANAGER, Object.keys(MANAGERS) as Variant["manager"][]),
    language: oneOf("--language", env.HOST_LANGUAGE, ["typescript", "javascript"]),
    module: oneOf("--module", env.HOST_MODULE, ["commonjs", "esm"]),
  }
  return (env.MEDUSA_VERSIONS ?? medusa).split(",").map((version) => ({ medusa: version, ...others }))
}
