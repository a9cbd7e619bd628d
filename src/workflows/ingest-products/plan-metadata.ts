import { isDeepStrictEqual } from "util"

type Metadata = Readonly<Record<string, unknown>>

/** A value as the database gives it back: without the sign of a zero, and without members that are undefined. */
const asStored = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown

/** Null, and the empty text that Medusa's own merge takes for it, remove a key. */
export const isRemoved = (value: unknown) => value === null || value === ""

/**
 * What has to be merged into metadata so that it says what is wanted; keys that are not spoken of stay.
 * @returns only what differs, in the form that Medusa's merge understands: an empty text for a key that goes
 */
export function metadataPatch(current: Metadata | null, wanted: Metadata): Record<string, unknown> {
  const present = current ?? {}
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([key, value]): [string, unknown][] => {
      if (value === undefined) {
        return []
      }
      if (isRemoved(value)) {
        return Object.hasOwn(present, key) ? [[key, ""]] : []
      }
      return isDeepStrictEqual(present[key], asStored(value)) ? [] : [[key, value]]
    })
  )
}

/**
 * Texts by locale as metadata keeps them: without those that are cleared, and without locales that have none.
 * @returns undefined where nothing is left
 */
export function storedTexts(texts: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const kept = Object.entries(texts).flatMap(([locale, own]): [string, unknown][] => {
    if (typeof own !== "object" || own === null) {
      return [[locale, own]]
    }
    const filled = Object.entries(own).filter(([, text]) => (text ?? null) !== null)
    return filled.length > 0 ? [[locale, Object.fromEntries(filled)]] : []
  })
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

/** The metadata of something new. */
export function newMetadata(wanted: Metadata): Record<string, unknown> {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined && !isRemoved(value)))
}
