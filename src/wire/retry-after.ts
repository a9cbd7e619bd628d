/** The longest wait that a receiver may ask for: a day. Events of the same record wait behind it. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * Reads a `Retry-After` header: a number of seconds, or an HTTP date (RFC 9110, 10.2.3).
 * @returns milliseconds from `now`, a day at the most; null when the header is not there or can not be read
 */
export function retryAfterMs(header: string, now: Date): number | null {
  const text = header.trim()
  if (/^\d{1,9}$/.test(text)) {
    return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS)
  }
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : Math.min(Math.max(0, time - now.getTime()), MAX_RETRY_AFTER_MS)
}
