/**
 * Reads a `Retry-After` header: a number of seconds, or an HTTP date (RFC 9110, 10.2.3).
 * @returns milliseconds from `now`; null when the header is not there or can not be read
 */
export function retryAfterMs(header: string, now: Date): number | null {
  const text = header.trim()
  if (/^\d{1,9}$/.test(text)) {
    return Number(text) * 1000
  }
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : Math.max(0, time - now.getTime())
}
