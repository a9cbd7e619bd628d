import { z } from "zod"

import { blankOptional, emptyToNull, lineSchema, nameOfReference, numericString, odooFlagSchema, saysNothing } from "../normalise"
import type { CategoryStatement } from "../product-statement"
import { handleSchema } from "./product-fields"

/** A member that can not be cleared, and that Odoo may send as a reference. */
const named = <T extends z.ZodType>(schema: T) => z.preprocess(nameOfReference, blankOptional(schema))

/** The handle of a category; Odoo may send it as the reference `[7, "Lights"]`. */
export const categoryHandleSchema = named(handleSchema)

const namesOf = (path: string) => path.split("/").map((name) => name.trim()).filter((name) => name !== "")

const categoryPath = lineSchema.transform(namesOf).refine((names) => names.length > 0, "must name a category")

const categorySchema = z.preprocess(
  nameOfReference,
  z.union(
    [
      categoryPath.transform((path): CategoryStatement => ({ path })),
      z
        .object({ handle: handleSchema, name: blankOptional(lineSchema) })
        .transform(({ handle, name }): CategoryStatement => ({ handle, name })),
      z
        .object({ complete_name: categoryPath })
        .transform(({ complete_name: path }): CategoryStatement => ({ path })),
      z.object({ name: categoryPath }).transform(({ name: path }): CategoryStatement => ({ path })),
    ],
    "must be a name, a path such as A / B, or an object with handle, complete_name or name"
  )
)

/** The path of a category: the names from the root, as in Odoo's `complete_name`. */
export const categoryPathSchema = named(categoryPath)

/** The members that can name an entry of a list. */
const NAMES = ["handle", "complete_name", "name", "value", "url"]

/** Whether an entry of a list is blank or `false`, or an object whose names all are. */
function isEmptyEntry(entry: unknown): boolean {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    return saysNothing(entry)
  }
  const names = Object.entries(entry).filter(([member]) => NAMES.includes(member))
  return names.length > 0 && names.every(([, name]) => saysNothing(name))
}

/** Whether an entry is an id without a name, as Odoo sends them for a many2many. */
const isBareId = (entry: unknown) => (typeof entry === "number" || Array.isArray(entry)) && nameOfReference(entry) === undefined

/**
 * Removes the entries of a list that name nothing.
 * @param empty the result for a list without other entries
 * @returns undefined where only ids without a name are left: the record has entries, but the shop can not know which
 */
const withoutEmptyEntries = (empty: [] | undefined) => (value: unknown): unknown => {
  if (!Array.isArray(value) || value.length === 0) {
    return value
  }
  const filled: unknown[] = value.filter((entry) => !isEmptyEntry(entry))
  const entries = filled.filter((entry) => !isBareId(entry))
  return entries.length > 0 ? entries : filled.length > 0 ? undefined : empty
}

/** Categories; they replace those of the product. */
export const categoriesSchema = z.preprocess(withoutEmptyEntries(undefined), blankOptional(z.array(categorySchema)))

/** A list that Odoo sends empty for a record without entries, which clears it. */
const clearableList = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (emptyToNull(value) === null ? [] : withoutEmptyEntries([])(value ?? undefined)), schema.optional())

const tagSchema = z.preprocess(
  (value) => {
    const name = nameOfReference(value)
    return typeof name === "object" && name !== null && !Array.isArray(name)
      ? Object.entries(name as Record<string, unknown>).find(([member, text]) => (member === "value" || member === "name") && !saysNothing(text))?.[1]
      : name
  },
  lineSchema
)

/** Tags; they replace those of the product. */
export const tagsSchema = clearableList(z.array(tagSchema).transform((tags) => [...new Set(tags)]))

const imageSchema = z.preprocess(
  (value) => (typeof value === "string" ? { url: value } : value),
  z.object({
    url: z
      .string()
      .trim()
      .max(2048, "must not be longer than 2048 characters")
      .refine((url) => /^https?:\/\/[^\s\0\p{Cs}]+$/u.test(url) && URL.canParse(url), "must be an http or https address"),
    position: z.preprocess(numericString, blankOptional(z.number())),
    is_thumbnail: odooFlagSchema,
  })
)

/** Images, sorted by their positions; one without a position stays in its place. */
export const imagesSchema = clearableList(
  z.array(imageSchema).transform((images) => {
    const sorted = images
      .map((image, index) => ({ ...image, at: image.position ?? index }))
      .sort((a, b) => a.at - b.at)
    const urls = [...new Set(sorted.map(({ url }) => url))]
    return { urls, thumbnail: sorted.find((image) => image.is_thumbnail === true)?.url ?? urls[0] ?? null }
  })
)
