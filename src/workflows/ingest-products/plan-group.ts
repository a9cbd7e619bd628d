import type { UpsertProductDTO } from "@medusajs/framework/types"
import { isDeepStrictEqual } from "util"

import { invalidInput, type WireError } from "../../wire/errors"
import type { CatalogueProduct } from "./catalogue"
import type { Draft } from "./draft"
import type { Group } from "./group-items"
import { ARCHIVED, isArchived, planProductLifecycle } from "./plan-lifecycle"
import { planOptions, type OptionMember, type OptionPlan } from "./plan-options"
import { planNewProduct, planProductChange } from "./plan-product"
import { planTranslations } from "./plan-translations"
import { plainUndo } from "./plan-undo"
import { countsOf, planNewVariant, planVariantChange, type Member } from "./plan-variant"
import type { NewVariant, OptionValueChange } from "./writes"

/** What becomes of a member: its variant is made, something differs, nothing does, or it can not be. */
export type MemberPlan =
  | { action: "create" | "update" | "unchanged"; productId: string; changes: string[] }
  | { action: "refused"; error: WireError }

const optionsOf = (variant: { options: { title: string; value: string }[] }) =>
  Object.fromEntries(variant.options.map(({ title, value }) => [title, value]))

function optionMembers(product: CatalogueProduct | undefined, members: readonly Member[]): OptionMember[] {
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

/** Why a variant can not be made of a statement; undefined where it can. */
function unfitToCreate({ statement, money }: Member, title: string | undefined): WireError | undefined {
  if (statement.sku === "") {
    return invalidInput("sku", "is needed to create a product")
  }
  if (title === undefined) {
    return invalidInput("title", "is needed to create a product")
  }
  return money.prices.size === 0 ? invalidInput("price", "is needed to create a product") : undefined
}

/** The members against which nothing speaks; the others are refused. */
function fitting(members: readonly Member[], plans: Map<Member, MemberPlan>, judge: (member: Member) => WireError | undefined) {
  return members.filter((member) => {
    const error = judge(member)
    if (error !== undefined) {
      plans.set(member, { action: "refused", error })
    }
    return error === undefined
  })
}

function addStock(draft: Draft, sku: string, levels: readonly { location_id: string; quantity: number }[]): void {
  for (const { location_id: locationId, quantity } of levels) {
    draft.writes.stock.push({ sku, quantity, adjustment: "absolute", quantityIs: "on_hand", locationId })
  }
}

function noteUndo<T>(undos: T[], undo: T | undefined): void {
  if (undo !== undefined) {
    undos.push(undo)
  }
}

/** A new variant of a member, with what has to be written beside it. */
function addVariant(draft: Draft, member: Member, options: OptionPlan, title: string): NewVariant {
  const { statement, counts } = member
  const variant = planNewVariant(member, options.values.get(member.id) ?? {}, title, draft.catalogue)
  draft.writes.appeared.push(statement.sku)
  if (variant.manage_inventory === true) {
    addStock(draft, statement.sku, countsOf(counts))
  }
  return variant
}

function createGroup(draft: Draft, members: readonly Member[], plans: Map<Member, MemberPlan>): void {
  const title = members.findLast(({ statement }) => statement.title !== undefined)?.statement.title
  const complete = fitting(members, plans, (member) => unfitToCreate(member, title))
  const options = planOptions([], optionMembers(undefined, complete))
  const fit = fitting(complete, plans, ({ id }) => options.refused.get(id))
  if (fit.length === 0) {
    return
  }
  const product = planNewProduct(draft.newId("prod"), fit, draft)
  draft.writes.products.push({
    ...product,
    options: options.titles.map((option) => ({
      title: option,
      values: [...new Set(fit.map(({ id }) => options.values.get(id)?.[option] ?? ""))],
    })),
    variants: fit.map((member) => addVariant(draft, member, options, product.title)),
  })
  planTranslations(product.id, fit, draft)
  fit.forEach((member) => plans.set(member, { action: "create", productId: product.id, changes: [] }))
}

/** Writes what makes the options of a product those of the plan. Medusa wants all its variants for it. */
function changeOptions(draft: Draft, product: CatalogueProduct, options: OptionPlan): UpsertProductDTO {
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

/** @param decided the status that a push gives the product: it is not what it was before any more */
function lifecycleUpdate(product: CatalogueProduct, members: readonly Member[], decided: UpsertProductDTO["status"]): UpsertProductDTO {
  const changing = new Map(members.flatMap(({ id, statement: { lifecycle } }) => (lifecycle === undefined ? [] : [[id, lifecycle] as const])))
  const plan = planProductLifecycle(product, changing)
  if (plan !== undefined) {
    return { status: plan.status as "draft", metadata: { [ARCHIVED]: plan.remember ?? "" } }
  }
  return decided !== undefined && isArchived(product) ? { metadata: { [ARCHIVED]: "" } } : {}
}

function changeVariant(draft: Draft, product: CatalogueProduct, member: Member): string[] {
  const { writes, catalogue } = draft
  const { variant } = member
  if (variant === undefined) {
    return []
  }
  const change = planVariantChange(member, product, catalogue)
  const sku = change.renamed ? member.statement.sku : (variant.sku ?? "")
  const [item] = variant.inventory_items
  if (change.update !== undefined) {
    const update = { ...change.update, id: variant.id }
    writes.variantUpdates.push(update)
    noteUndo(writes.variantUndos, plainUndo(update, variant))
  }
  if (change.prices.length > 0) {
    writes.prices.push({
      variant_id: variant.id,
      product_id: product.id,
      price_set_id: variant.price_set_id,
      prices: change.prices,
      previous: change.previousPrices,
    })
  }
  const unlinked = catalogue.unlinkedItems.get(sku)
  if (change.renamed) {
    writes.appeared.push(sku)
  }
  if (change.renamed && item !== undefined && item.sku === variant.sku && unlinked === undefined) {
    // or else nothing new could be called by the old SKU
    writes.itemRenames.push({ id: item.id, sku })
  }
  if (change.update?.manage_inventory === true && item === undefined && unlinked !== undefined) {
    writes.itemLinks.push({ variant_id: variant.id, inventory_item_id: unlinked })
  }
  addStock(draft, sku, change.stock)
  return change.changes
}

function changeGroup(draft: Draft, product: CatalogueProduct, members: readonly Member[], plans: Map<Member, MemberPlan>): void {
  const complete = fitting(members, plans, (member) =>
    member.variant === undefined ? unfitToCreate(member, product.title) : undefined
  )
  const options = planOptions(product.options.map(({ title }) => title), optionMembers(product, complete))
  const fit = fitting(complete, plans, ({ id }) => options.refused.get(id))
  const said = fit.filter(({ statement }) => statement.lifecycle !== "archive")
  const { update, changesOf } = planProductChange(product, said, draft)
  const lifecycle = lifecycleUpdate(product, fit, update.status)
  const touchesOptions = fit.some(({ statement, variant }) => variant === undefined || statement.attributes !== undefined)
  const moved = touchesOptions ? changeOptions(draft, product, options) : {}
  const merged: UpsertProductDTO = { ...lifecycle, ...update, ...moved }
  if (lifecycle.metadata !== undefined && update.metadata !== undefined) {
    merged.metadata = { ...lifecycle.metadata, ...update.metadata }
  }
  if (Object.keys(merged).length > 0) {
    const update = { ...merged, id: product.id }
    draft.writes.productUpdates.push(update)
    noteUndo(draft.writes.productUndos, plainUndo(update, product))
  }
  const translated = planTranslations(product.id, said, draft)
  for (const member of fit) {
    if (member.variant === undefined) {
      draft.writes.variants.push({ ...addVariant(draft, member, options, product.title), product_id: product.id })
      plans.set(member, { action: "create", productId: product.id, changes: changesOf(member) })
      continue
    }
    const optionsDiffer = moved.variants !== undefined && !isDeepStrictEqual(options.values.get(member.id), optionsOf(member.variant))
    const changes = [
      ...changesOf(member),
      ...changeVariant(draft, product, member),
      ...(optionsDiffer ? ["attributes"] : []),
      ...(translated.has(member) ? ["translations"] : []),
      ...(lifecycle.status !== undefined && member.statement.lifecycle !== undefined ? ["status"] : []),
    ]
    plans.set(member, { action: changes.length > 0 ? "update" : "unchanged", productId: product.id, changes: [...new Set(changes)] })
  }
}

/** Works out what the statements about one product make of it, and adds that to the writes of the batch. */
export function planGroup(draft: Draft, { product, members }: Group): Map<Member, MemberPlan> {
  const plans = new Map<Member, MemberPlan>()
  if (product === undefined) {
    createGroup(draft, members, plans)
  } else {
    changeGroup(draft, product, members, plans)
  }
  return plans
}
