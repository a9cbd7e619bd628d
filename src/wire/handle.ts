/** How long a handle may become; a shop's addresses hold it. */
const MAX_LENGTH = 200

/**
 * Makes a handle that Medusa accepts: letters and digits of any script, in lower case, with single hyphens between.
 * @returns an empty text when nothing of it can stand in a handle
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
 * Finds the first of `base`, `base-2`, `base-3`, … that is not taken. It goes on where it stopped the last time, so that
 * thousands of one name are no slower than thousands of names: what was taken must stay taken.
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

/** Whether a handle is `base` with a number behind, as one gets it where `base` is taken. */
export function isNumbered(base: string, handle: string): boolean {
  return handle.startsWith(`${base}-`) && /^\d+$/.test(handle.slice(base.length + 1))
}
