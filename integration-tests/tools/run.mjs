// Runs one of this repository's own programs: `node integration-tests/tools/run.mjs <program> [arguments]`.
// It needs nothing but Node: what the program depends on is installed first where it is missing.
import { spawnSync } from "node:child_process"
import { existsSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const PROGRAMS = {
  bench: "integration-tests/bench/index.ts",
  demo: "integration-tests/demo/index.ts",
  "finish-build": "integration-tests/tools/finish-build.ts",
  kill: "integration-tests/kill/index.ts",
  openapi: "integration-tests/tools/openapi.ts",
  test: "integration-tests/tools/test.ts",
  "try-hosts": "integration-tests/tools/try-hosts.ts",
}

/** Medusa runs on 20.19 and later of 20, and on 22.12 and later. */
function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number)
  if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22)) {
    console.error(`This needs Node 20.19 or later of 20, or 22.12 and later; this is ${process.versions.node}.`)
    process.exit(1)
  }
}

/** Medusa looks for migrations with a pattern, in which these characters mean something else. */
function checkPath() {
  if (/['"()$]/.test(root)) {
    console.error(`Neither Medusa nor Postgres can work below a folder with ' " $ ( or ) in its name. Move this one elsewhere: ${root}`)
    process.exit(1)
  }
}

/** npm notes what it has installed; where that is missing or older than the lock file, it installs. */
function installWhatIsMissing() {
  const lock = join(root, "package-lock.json")
  const installed = join(root, "node_modules", ".package-lock.json")
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) {
    return
  }
  console.log("Installing the dependencies. This takes a minute or two, and is done once.\n")
  const npm = process.env.npm_execpath
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: "inherit" })
    : spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" })
  if (result.status !== 0) {
    console.error("\nThe dependencies could not be installed. What npm said stands above.")
    process.exit(result.status ?? 1)
  }
}

const [program, ...args] = process.argv.slice(2)
const file = PROGRAMS[program]
if (file === undefined) {
  console.error(`Say which program: ${Object.keys(PROGRAMS).join(", ")}.`)
  process.exit(2)
}
checkNode()
checkPath()
installWhatIsMissing()
process.chdir(root)
process.argv = [process.argv[0], join(root, file), ...args]
const require = createRequire(join(root, "package.json"))
require("ts-node").register({ transpileOnly: true })
require(join(root, file))
