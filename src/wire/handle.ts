/** The longest handle, in characters. Handles are parts of the shop's addresses. */
const MAX_LENGTH = 200

/**
 * Makes a handle that Medusa accepts: letters and digits of any script, in lower case, separated by single hyphens.
 * @returns an empty text where `text` has neither letters nor digits
 */
export function slugOf(text: string): string {
  const slug = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^\p{Ll}\p{Lo}\p{Lm}\p{N}\s_/-]/gu, "")
    .replace(/[\s_/-]+/g, "-")
  return Array.from(slug).slice(0, MAX_LENGTH).join("").replace(/^-|-$/g, "")
}

/**
 * Makes a function that finds the first free handle among `base`, `base-2`, `base-3`, … A repeated call with the same base
 * continues after its last result, so that thousands of equal names are not slower than different ones. Taken handles must stay
 * taken.
 */
export function handleFinder(isTaken: (handle: string) => boolean) {
  const reached = new Map<string, number>()
  return (base: string): string => {
    for (let number = reached.get(base) ?? 1; ; number++) {
      const handle = number === 1 ? base : `${base}-${String(number)}`
      if (!isTaken(handle)) {
        reached.set(base, number)
        return handle
      }
    }
  }
}

/** Whether a handle is `base` with a number at the end, which is what a product gets where `base` is taken. */
export function isNumbered(base: string, handle: string): boolean {
  return handle.startsWith(`${base}-`) && /^\d+$/.test(handle.slice(base.length + 1))
}
