import type { UpsertProductDTO } from "@medusajs/framework/types"
import { isDeepStrictEqual } from "util"

import type { CatalogueProduct } from "./catalogue"
import type { Draft } from "./draft"
import type { OptionMember, OptionPlan } from "./plan-options"
import type { Member } from "./plan-variant"
import type { OptionValueChange } from "./writes"

/** The values of a variant by its options' titles, as `{Color: "Black"}`. */
export const optionsOf = (variant: { options: { title: string; value: string }[] }) =>
  Object.fromEntries(variant.options.map(({ title, value }) => [title, value]))

/**
 * The variants of a product, with the options and values that distinguish them.
 * @param product undefined for a new product
 * @param members the items about variants of the product
 * @returns unchanged variants before changed ones
 */
export function optionMembers(product: CatalogueProduct | undefined, members: readonly Member[]): OptionMember[] {
  const changing = new Set(members.filter(({ statement }) => statement.attributes !== undefined).map(({ id }) => id))
  const staying = (product?.variants ?? []).filter(({ id }) => !changing.has(id))
  const moving = members.filter(({ id, variant }) => variant === undefined || changing.has(id))
  return [
    ...staying.map((variant) => ({ key: variant.id, sku: variant.sku ?? variant.id, present: optionsOf(variant), attributes: undefined })),
    ...moving.map(({ id, statement, variant }) => ({
      key: id,
      sku: statement.sku,
      present: variant === undefined ? undefined : optionsOf(variant),
      attributes: statement.attributes,
    })),
  ]
}

/**
 * Adds the changes of the product's options to the writes of the batch.
 * @returns the part of the product's update; Medusa needs all variants in it
 */
export function changeOptions(draft: Draft, product: CatalogueProduct, options: OptionPlan): UpsertProductDTO {
  const assigned = [...options.values.values()]
  const presentValues = product.variants.map(optionsOf)
  const optionIds = options.titles.map((title) => {
    const wanted = new Set(assigned.map((own) => own[title] ?? ""))
    const values = [...wanted]
    const present = product.options.find((option) => option.title === title)
    if (present === undefined) {
      const id = draft.newId("opt")
      draft.writes.options.push({ id, title, values, is_exclusive: true })
      return id
    }
    const known = new Set(present.values.map(({ value }) => value))
    const add = values.filter((value) => !known.has(value)).map((value) => ({ value }))
    const left = new Set(presentValues.map((own) => own[title]))
    const remove = present.values.filter(({ value }) => left.has(value) && !wanted.has(value)).map(({ id }) => id)
    const about: OptionValueChange = { product_id: product.id, product_option_id: present.id }
    if (add.length > 0) {
      draft.writes.valuesAdded.push({ ...about, add })
    }
    if (remove.length > 0) {
      draft.writes.valuesRemoved.push({ ...about, remove })
    }
    return present.id
  })
  const variants = product.variants.map(({ id }) => ({ id, options: options.values.get(id) ?? {} }))
  const differ = options.titles.length !== product.options.length || product.variants.some((variant) => !isDeepStrictEqual(options.values.get(variant.id), optionsOf(variant)))
  return differ ? { option_ids: optionIds, variants } : {}
}
