/**
 * Waits until something holds, looking every few milliseconds.
 * @throws Error with `what` when it does not within `timeoutMs`
 */
export async function waitFor<T>(
  what: string,
  look: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  timeoutMs = 60_000
): Promise<T> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false && found !== null) {
      return found
    }
    if (Date.now() > end) {
      throw new Error(`waited ${String(timeoutMs)} ms in vain: ${what}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
