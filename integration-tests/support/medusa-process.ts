import axios from "axios"
import { spawn, type ChildProcess } from "child_process"
import { closeSync, openSync, readFileSync } from "fs"

/** What a process of Medusa is told beside what this process was told. */
export type Environment = Record<string, string>

const CLI = require.resolve("@medusajs/cli/cli.js")

/** How long Medusa may take to end in order before it is killed; milliseconds. */
const PATIENCE_MS = 10_000

/** The end of a log file: what a person needs to see when something went wrong. */
function tail(file: string): string {
  return readFileSync(file, "utf8").split("\n").slice(-25).join("\n")
}

/** A command of Medusa's command line, run in this repository as a process of its own. */
export class MedusaProcess {
  /** the exit code; 1 for a process that a signal has ended */
  readonly ended: Promise<number>
  readonly #child: ChildProcess
  #wanted = false

  /** @param logFile what it prints is added to this file */
  constructor(
    private readonly args: string[],
    environment: Environment,
    readonly logFile: string
  ) {
    const log = openSync(logFile, "a")
    this.#child = spawn(process.execPath, [CLI, ...args], {
      stdio: ["ignore", log, log],
      // its own process group keeps a Ctrl-C for us, who end things in order
      detached: process.platform !== "win32",
      env: {
        ...process.env,
        NODE_ENV: "development",
        MEDUSA_DISABLE_TELEMETRY: "true",
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --no-warnings`.trim(),
        ...environment,
      },
    })
    closeSync(log)
    const killWithUs = () => this.#signal("SIGKILL")
    process.once("exit", killWithUs)
    this.ended = new Promise((resolve, reject) => {
      this.#child.once("error", reject)
      this.#child.once("exit", (code) => {
        process.off("exit", killWithUs)
        resolve(code ?? 1)
      })
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Whether it still runs. */
  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined
  }

  /**
   * Waits for its end.
   * @throws Error with the end of the log when it has failed
   */
  async succeed(): Promise<void> {
    if ((await this.ended) !== 0) {
      throw this.#failure(`medusa ${this.args.join(" ")} failed`)
    }
  }

  /**
   * Waits for an end that we have asked for.
   * @throws Error with the end of the log when it ends by itself
   */
  async endedAsAsked(): Promise<void> {
    const code = await this.ended
    if (!this.#wanted) {
      throw this.#failure(`Medusa ended by itself (${String(code)})`)
    }
  }

  /**
   * Waits until it answers there, or until it was ended as we have asked.
   * @returns whether it answers
   * @throws Error with the end of the log when it ends by itself
   */
  async healthy(url: string): Promise<boolean> {
    const answers = async () => {
      while (!this.#wanted) {
        const { status } = await axios.get(`${url}/health`, { validateStatus: () => true }).catch(() => ({ status: 0 }))
        if (status === 200) {
          return true
        }
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      return false
    }
    return await Promise.race([answers(), this.endedAsAsked().then(() => false)])
  }

  /** Ends it as an operating system does: it may finish what it is at. */
  async stop(): Promise<void> {
    this.#wanted = true
    this.#signal("SIGTERM")
    const patience = setTimeout(() => this.#signal("SIGKILL"), PATIENCE_MS)
    await this.ended
    clearTimeout(patience)
  }

  /** Ends it at once, wherever it stands. */
  async kill(): Promise<void> {
    this.#wanted = true
    this.#signal("SIGKILL")
    await this.ended
  }

  #signal(signal: NodeJS.Signals): void {
    if (!this.isAlive) {
      return
    }
    const pid = this.#child.pid ?? 0
    try {
      process.kill(process.platform === "win32" ? pid : -pid, signal)
    } catch {
      // it ended meanwhile
    }
  }

  #failure(what: string): Error {
    return new Error(`${what}. The end of ${this.logFile}:\n\n${tail(this.logFile)}`)
  }
}
