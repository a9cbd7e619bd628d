/** Where a program says what it does. */
export type Voice = { line(text: string): void; failure(text: string): void }

/** Remembers what a program has started, and ends it in reverse order, once, whichever way the program ends. */
export class Cleanup {
  /** resolves when a person or the system asks the program to end */
  readonly asked: Promise<void>
  readonly #tasks: { what: string; stop: () => Promise<unknown> | undefined }[] = []
  #ran: Promise<void> | undefined

  constructor(private readonly voice: Voice) {
    this.asked = new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.on(signal, () => {
          resolve()
        })
      }
      // npm does not hand a signal on to what it runs: when it is gone, we are asked as well
      const parent = process.ppid
      setInterval(() => {
        if (process.ppid !== parent) {
          resolve()
        }
      }, 500).unref()
    })
    for (const event of ["uncaughtException", "unhandledRejection"] as const) {
      process.on(event, (error: unknown) => {
        this.voice.failure(error instanceof Error ? (error.stack ?? error.message) : String(error))
        void this.run().then(() => process.exit(1))
      })
    }
    void this.asked.then(() => {
      this.voice.line("\nStopping.")
    })
  }

  /** What is added is ended even when the signal comes while it is still starting: add it before it starts. */
  add(what: string, stop: () => Promise<unknown> | undefined): void {
    this.#tasks.push({ what, stop })
  }

  /**
   * Keeps a program that was asked to end from starting anything more.
   * @throws Error when it was
   */
  check(): void {
    if (this.#ran !== undefined) {
      throw new Error("the program is ending")
    }
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
        this.voice.failure(`${task.what} could not be stopped: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
}
