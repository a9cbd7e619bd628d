import { invalidInput, type WireError } from "../../wire/errors"
import { MAX_OPTIONS } from "../../wire/schemas/product-fields"

/** What Medusa's dashboard calls the option of a product that has none. */
export const DEFAULT_OPTION = "Default option"

/** What stands for an option that says nothing of a variant. */
export const fillerOf = (title: string) => (title === DEFAULT_OPTION ? "Default option value" : "-")

/** A variant as far as it is told from its siblings. */
export type OptionMember = {
  /** whatever tells the caller which variant this is */
  key: string
  sku: string
  /** undefined for one that is to be made */
  present: Readonly<Record<string, string>> | undefined
  /** what was sent; undefined where nothing was */
  attributes: readonly (readonly [option: string, value: string])[] | undefined
}

export type OptionPlan = {
  /** the options in their order */
  titles: string[]
  /** by the members' keys: the value of each option */
  values: Map<string, Record<string, string>>
  /** by the members' keys: why one can not have what was sent */
  refused: Map<string, WireError>
}

const signatureOf = (titles: readonly string[], values: Readonly<Record<string, string>>) =>
  JSON.stringify(titles.map((title) => values[title] ?? fillerOf(title)))

/** The `VALIDATION_ERROR` for a variant with which its product would have too many options. */
export const tooManyOptions = () => invalidInput("attributes", `would give the product more than ${String(MAX_OPTIONS)} options`)

/**
 * Options by the name that the product knows them by, whatever the case of the letters; and the members for whose
 * options there is no room any more. The work and the memory that a product takes are its variants times its options.
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
    // what stands in for an option goes once there is a real one
    const count = titles.size - (titles.has(DEFAULT_OPTION.toLowerCase()) ? 1 : 0)
    if (fresh.size > 0 && count + fresh.size > MAX_OPTIONS) {
      unfit.add(member)
    } else {
      fresh.forEach((title, lower) => titles.set(lower, title))
    }
  }
  return { titles, unfit }
}

/** An option may well be called `constructor`. */
const ownValue = (values: OptionMember["present"], title: string) =>
  values !== undefined && Object.hasOwn(values, title) ? values[title] : undefined

function wantedValues(member: OptionMember, titles: ReadonlyMap<string, string>): Record<string, string> {
  const sent = member.attributes && new Map(member.attributes.map(([option, value]) => [option.toLowerCase(), value]))
  return Object.fromEntries(
    [...titles].map(([lower, title]) => [title, (sent ? sent.get(lower) : ownValue(member.present, title)) ?? fillerOf(title)])
  )
}

/**
 * Works out what tells the variants of a product apart. The attributes of a member are all that the variant has. A
 * variant without any, where there is a sibling like it, is told apart by its SKU. An option that tells no variant
 * apart any more is dropped, as long as one remains.
 * @param present the product's options
 * @param members all its variants, those that stay as they are before those that change
 */
export function planOptions(present: readonly string[], members: readonly OptionMember[]): OptionPlan {
  const { titles, unfit } = collectTitles(present, members)
  if (titles.size === 0) {
    titles.set(DEFAULT_OPTION.toLowerCase(), DEFAULT_OPTION)
  }
  const values = new Map<string, Record<string, string>>()
  const refused = new Map<string, WireError>()
  const setPresent = (member: OptionMember) => {
    // one that is there already stays what it is
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
