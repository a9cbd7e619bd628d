import { isDeepStrictEqual } from "util"

type Metadata = Readonly<Record<string, unknown>>

/** A value as the database returns it: 0 instead of -0, and without undefined members. */
const asStored = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown

/** Whether a value removes a metadata key: null, or an empty text, which Medusa's merge takes for it. */
export const isRemoved = (value: unknown) => value === null || value === ""

/**
 * The patch that makes metadata as wanted. Keys that are not wanted stay.
 * @returns only differing keys; an empty text removes a key in Medusa's merge
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
 * The texts to store by locale, without cleared texts and locales without texts.
 * @returns undefined where no text is left
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

/** The metadata of a new record. */
export function newMetadata(wanted: Metadata): Record<string, unknown> {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined && !isRemoved(value)))
}
