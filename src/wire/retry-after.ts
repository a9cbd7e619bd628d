/** The longest wait that a receiver may ask for; milliseconds. Later events of the same record wait too. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * Reads a `Retry-After` header: a number of seconds, or an HTTP date (RFC 9110, 10.2.3).
 * @returns milliseconds from `now`, at most one day; null for a missing or invalid header
 */
export function retryAfterMs(header: string, now: Date): number | null {
  const text = header.trim()
  if (/^\d{1,9}$/.test(text)) {
    return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS)
  }
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : Math.min(Math.max(0, time - now.getTime()), MAX_RETRY_AFTER_MS)
}
