import type { Screen } from "./screen"

/** Remembers what was started, and ends it in reverse order, once, whichever way the demo ends. */
export class Cleanup {
  /** resolves when a person or the system asks the demo to end */
  readonly asked: Promise<void>
  readonly #tasks: { what: string; stop: () => Promise<void> | void }[] = []
  #ran: Promise<void> | undefined

  constructor(private readonly screen: Screen) {
    this.asked = new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.on(signal, () => {
          resolve()
        })
      }
    })
    void this.asked.then(() => {
      this.screen.line("\nStopping.")
    })
  }

  add(what: string, stop: () => Promise<void> | void): void {
    this.#tasks.push({ what, stop })
  }

  async run(): Promise<void> {
    this.#ran ??= this.#runOnce()
    await this.#ran
  }

  async #runOnce(): Promise<void> {
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
      try {
        await task.stop()
      } catch (error) {
        this.screen.failure(`${task.what} could not be stopped: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
}
