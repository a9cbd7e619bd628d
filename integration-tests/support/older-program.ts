import { execFile, spawnSync } from "child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"

/** Where the older programs lie, beside the repository. They are not part of it. */
const PROGRAMS = join(__dirname, "..", "..", "..", "shared", "clients")

/** Debian's own Python has Debian's `requests`; another one in the path may have it too. */
const PYTHONS = ["/usr/bin/python3", "python3"]

/** The Python to run them with; undefined where none has `requests`. */
const findPython = () => PYTHONS.find((python) => spawnSync(python, ["-c", "import requests"]).status === 0)

/** Why there is no older program here; undefined where there is. */
export const whyNoPrograms = () => (existsSync(PROGRAMS) ? undefined : `there are no older programs in ${PROGRAMS}`)

/** Why older programs can not be run here; undefined where they can. */
export const whyNotRun = () =>
  whyNoPrograms() ??
  (findPython() === undefined ? "there is no Python 3 with the library requests (Debian: apt-get install python3-requests)" : undefined)

/**
 * Reads a program to the letter, but for addresses, keys, logins and placeholders.
 * @param replaced what stands there, and what stands in its place
 * @throws Error where the program has no such text
 */
export function readProgram(file: string, replaced: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(join(PROGRAMS, file), "utf8")
  return Object.entries(replaced).reduce((program, [from, to]) => {
    if (!program.includes(from)) {
      throw new Error(`${file} has no text ${from}`)
    }
    return program.replaceAll(from, to)
  }, text)
}

/**
 * Runs a Python program to its end.
 * @param program its text
 * @param user a script that is run instead, with the program's path and these arguments
 * @returns what it has printed
 * @throws Error with its traceback when it fails
 */
export async function runPython(program: string, user?: { script: string; args: readonly string[] }): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "medusa-plugin-odoo-program-"))
  const file = join(folder, "program.py")
  writeFileSync(file, program)
  try {
    return await new Promise((resolve, reject) => {
      const args = user === undefined ? [file] : [user.script, file, ...user.args]
      // a proxy that this machine may need for the network does not know the shop
      const env = { ...process.env, NO_PROXY: "*", no_proxy: "*", PYTHONDONTWRITEBYTECODE: "1" }
      execFile(findPython() ?? "python3", args, { env, timeout: 60_000 }, (error, stdout, stderr) => {
        if (error === null) {
          resolve(stdout)
        } else {
          reject(new Error(`the program failed: ${stderr || error.message}\n${stdout}`))
        }
      })
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
