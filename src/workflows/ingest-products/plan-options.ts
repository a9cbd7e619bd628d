import { invalidInput, type WireError } from "../../wire/errors"
import { MAX_OPTIONS } from "../../wire/schemas/product-fields"

/** The title that Medusa's dashboard gives the option of a product without options. */
export const DEFAULT_OPTION = "Default option"

/** The value of an option that a variant does not have. */
export const fillerOf = (title: string) => (title === DEFAULT_OPTION ? "Default option value" : "-")

/** A variant with the options and values that distinguish it. */
export type OptionMember = {
  /** identifies the variant for the caller */
  key: string
  sku: string
  /** the present value of each option; undefined for a new variant */
  present: Readonly<Record<string, string>> | undefined
  /** the attributes of the item; undefined where it has none */
  attributes: readonly (readonly [option: string, value: string])[] | undefined
}

export type OptionPlan = {
  /** the options in their order */
  titles: string[]
  /** the value of each option, by the key of the member */
  values: Map<string, Record<string, string>>
  /** the error of a member whose attributes are refused, by its key */
  refused: Map<string, WireError>
}

const signatureOf = (titles: readonly string[], values: Readonly<Record<string, string>>) =>
  JSON.stringify(titles.map((title) => values[title] ?? fillerOf(title)))

/** The `VALIDATION_ERROR` for a variant with which its product would have too many options. */
export const tooManyOptions = () => invalidInput("attributes", `would give the product more than ${String(MAX_OPTIONS)} options`)

/**
 * The options of a product by their names in lower case, and the members that would add too many options. Options are limited
 * because work and memory grow with variants times options.
 */
function collectTitles(present: readonly string[], members: readonly OptionMember[]) {
  const titles = new Map(present.map((title) => [title.toLowerCase(), title]))
  const unfit = new Set<OptionMember>()
  for (const member of members) {
    const fresh = new Map<string, string>()
    for (const [option] of member.attributes ?? []) {
      const lower = option.toLowerCase()
      if (!titles.has(lower) && !fresh.has(lower)) {
        fresh.set(lower, option)
      }
    }
    // the default option is dropped when there is a real one
    const count = titles.size - (titles.has(DEFAULT_OPTION.toLowerCase()) ? 1 : 0)
    if (fresh.size > 0 && count + fresh.size > MAX_OPTIONS) {
      unfit.add(member)
    } else {
      fresh.forEach((title, lower) => titles.set(lower, title))
    }
  }
  return { titles, unfit }
}

/** Reads a value by its option, which may be called `constructor`. */
const ownValue = (values: OptionMember["present"], title: string) =>
  values !== undefined && Object.hasOwn(values, title) ? values[title] : undefined

function wantedValues(member: OptionMember, titles: ReadonlyMap<string, string>): Record<string, string> {
  const sent = member.attributes && new Map(member.attributes.map(([option, value]) => [option.toLowerCase(), value]))
  return Object.fromEntries(
    [...titles].map(([lower, title]) => [title, (sent ? sent.get(lower) : ownValue(member.present, title)) ?? fillerOf(title)])
  )
}

/**
 * Plans the options of a product, which must distinguish all its variants. The attributes of an item are complete: the variant has
 * no others. A new variant without attributes that equals another one is distinguished by its SKU. An option that distinguishes no
 * variants is dropped, as long as one remains.
 * @param present the titles of the product's options
 * @param members all variants of the product, unchanged ones before changed ones
 */
export function planOptions(present: readonly string[], members: readonly OptionMember[]): OptionPlan {
  const { titles, unfit } = collectTitles(present, members)
  if (titles.size === 0) {
    titles.set(DEFAULT_OPTION.toLowerCase(), DEFAULT_OPTION)
  }
  const values = new Map<string, Record<string, string>>()
  const refused = new Map<string, WireError>()
  const setPresent = (member: OptionMember) => {
    // a present variant keeps its values
    values.delete(member.key)
    if (member.present !== undefined) {
      values.set(member.key, wantedValues({ ...member, attributes: undefined }, titles))
    }
  }
  for (const member of members) {
    if (unfit.has(member)) {
      refused.set(member.key, tooManyOptions())
      setPresent(member)
    } else {
      values.set(member.key, wantedValues(member, titles))
    }
  }
  const holders = new Map<string, OptionMember>()
  const compared = [...new Set([...titles.values(), DEFAULT_OPTION])]
  for (const member of members) {
    const own = values.get(member.key)
    if (own === undefined) {
      continue
    }
    const signature = signatureOf(compared, own)
    const holder = holders.get(signature)
    if (holder === undefined) {
      holders.set(signature, member)
    } else if (member.present === undefined && (member.attributes ?? []).length === 0) {
      titles.set(DEFAULT_OPTION.toLowerCase(), DEFAULT_OPTION)
      own[DEFAULT_OPTION] = member.sku
    } else if (member.attributes !== undefined && !unfit.has(member)) {
      refused.set(member.key, invalidInput("attributes", `are those of the variant ${holder.sku} of the same product`))
      setPresent(member)
    }
  }
  const telling = [...titles.values()].filter((title) =>
    [...values.values()].some((own) => (own[title] ?? fillerOf(title)) !== fillerOf(title))
  )
  const kept = telling.length > 0 ? telling : [...titles.values()].slice(0, 1)
  for (const [key, own] of values) {
    values.set(key, Object.fromEntries(kept.map((title) => [title, own[title] ?? fillerOf(title)])))
  }
  return { titles: kept, values, refused }
}
