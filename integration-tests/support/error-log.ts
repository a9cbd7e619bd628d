import type { Logger } from "@medusajs/framework/types"

/** A part of a message, or a pattern of it. */
type Named = string | RegExp

const isNamed = (message: string) => (named: Named) => (typeof named === "string" ? message.includes(named) : named.test(message))

/** What a booted Medusa logs as errors. A test names those that it provokes. */
export class ErrorLog {
  #logged: string[] = []
  #expected: Named[] = []

  /** Takes the errors of a logger from now on; they are written as well where the log is to be read. */
  constructor(logger: Logger) {
    const write = logger.error.bind(logger)
    logger.error = (message: string | Error, error?: Error) => {
      this.#logged.push([message, error].flatMap((part) => (part === undefined ? [] : part instanceof Error ? part.message : part)).join(": "))
      if (process.env.LOG_LEVEL !== "error") {
        write(message, error)
      }
    }
  }

  /** Names an error that the present test provokes, once or more often. */
  expect(named: Named): void {
    this.#expected.push(named)
  }

  /**
   * Ends a test.
   * @throws Error where something was logged that the test has not named, or not logged that it has
   */
  check(): void {
    const [logged, expected] = [this.#logged, this.#expected]
    this.#logged = []
    this.#expected = []
    const unexpected = logged.filter((message) => !expected.some(isNamed(message)))
    const missing = expected.filter((named) => !logged.some((message) => isNamed(message)(named)))
    if (unexpected.length > 0 || missing.length > 0) {
      const list = (title: string, entries: readonly Named[]) => (entries.length === 0 ? [] : [title, ...entries.map((entry) => `  ${String(entry)}`)])
      throw new Error([...list("errors were logged that the test has not named:", unexpected), ...list("errors were not logged that the test has named:", missing)].join("\n"))
    }
  }
}
