import type { UpsertProductDTO } from "@medusajs/framework/types"
import { isDeepStrictEqual } from "util"

import { invalidInput, type WireError } from "../../wire/errors"
import { addVariant, changeVariant, noteUndo } from "./add-variant"
import type { CatalogueProduct } from "./catalogue"
import { changeOptions, optionMembers, optionsOf } from "./change-options"
import type { Draft } from "./draft"
import type { Group } from "./group-items"
import { ARCHIVED, isArchived, planProductLifecycle } from "./plan-lifecycle"
import { planOptions } from "./plan-options"
import { planNewProduct, planProductChange } from "./plan-product"
import { planTranslations } from "./plan-translations"
import { plainUndo } from "./plan-undo"
import type { Member } from "./plan-variant"
import { speakersOf } from "./product-speaker"
import { sellingWarnings, variantSellingWarnings } from "./selling-warnings"

/** The plan for a member. */
export type MemberPlan =
  | { action: "create" | "update" | "unchanged"; productId: string; changes: string[]; warnings?: string[] }
  /** the item takes a product out of the shop that the shop does not have */
  | { action: "absent" }
  | { action: "refused"; error: WireError }

/** Why an item can not create a variant; undefined where it can. */
function unfitToCreate({ statement, money }: Member, title: string | undefined): WireError | undefined {
  if (statement.sku === "") {
    return invalidInput("sku", "is needed to create a product")
  }
  if (title === undefined) {
    return invalidInput("title", "is needed to create a product")
  }
  return money.prices.size === 0 ? invalidInput("price", "is needed to create a product") : undefined
}

/** The members without an error; the others are refused in `plans`. */
function withoutRefused(members: readonly Member[], plans: Map<Member, MemberPlan>, judge: (member: Member) => WireError | undefined) {
  return members.filter((member) => {
    const error = judge(member)
    if (error !== undefined) {
      plans.set(member, { action: "refused", error })
    }
    return error === undefined
  })
}

/** The members that the shop has or gets; the others are absent in `plans`. */
function withoutAbsent(members: readonly Member[], plans: Map<Member, MemberPlan>): Member[] {
  return members.filter((member) => {
    const isAbsent = member.variant === undefined && member.statement.lifecycle === "archive"
    if (isAbsent) {
      plans.set(member, { action: "absent" })
    }
    return !isAbsent
  })
}

function createGroup(draft: Draft, members: readonly Member[], plans: Map<Member, MemberPlan>): void {
  const title = members.find(({ statement }) => statement.title !== undefined)?.statement.title
  const complete = withoutRefused(members, plans, (member) => unfitToCreate(member, title))
  const options = planOptions([], optionMembers(undefined, complete))
  const fit = withoutRefused(complete, plans, ({ id }) => options.refused.get(id))
  if (fit.length === 0) {
    return
  }
  const speakers = speakersOf(undefined, fit)
  const product = planNewProduct(draft.newId("prod"), fit, speakers, draft)
  draft.writes.products.push({
    ...product,
    options: options.titles.map((option) => ({
      title: option,
      values: [...new Set(fit.map(({ id }) => options.values.get(id)?.[option] ?? ""))],
    })),
    variants: fit.map((member, rank) => addVariant(draft, member, options, product.title, rank)),
  })
  planTranslations(product.id, speakers, draft)
  const warnings = sellingWarnings(draft.catalogue.shop)
  fit.forEach((member, index) => {
    const plan: MemberPlan = { action: "create", productId: product.id, changes: [] }
    // one warning for each product
    plans.set(member, index === 0 && warnings !== undefined ? { ...plan, warnings } : plan)
  })
}

/**
 * The change of the product where variants leave or return to the shop.
 * @param decided the status that an item gives the product, which replaces the remembered one
 */
function lifecycleUpdate(product: CatalogueProduct, members: readonly Member[], decided: UpsertProductDTO["status"]): UpsertProductDTO {
  const changing = new Map(members.flatMap(({ id, statement: { lifecycle } }) => (lifecycle === undefined ? [] : [[id, lifecycle] as const])))
  const plan = planProductLifecycle(product, changing)
  if (plan !== undefined) {
    return { status: plan.status as "draft", metadata: { [ARCHIVED]: plan.remember ?? "" } }
  }
  return decided !== undefined && isArchived(product) ? { metadata: { [ARCHIVED]: "" } } : {}
}

function changeGroup(draft: Draft, product: CatalogueProduct, members: readonly Member[], plans: Map<Member, MemberPlan>): void {
  const complete = withoutRefused(members, plans, (member) =>
    member.variant === undefined ? unfitToCreate(member, product.title) : undefined
  )
  const options = planOptions(product.options.map(({ title }) => title), optionMembers(product, complete))
  const fit = withoutRefused(complete, plans, ({ id }) => options.refused.get(id))
  const said = fit.filter(({ statement }) => statement.lifecycle !== "archive")
  const speakers = speakersOf(product, fit)
  const { update, changesOf } = planProductChange(product, said, speakers, draft)
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
  const translated = planTranslations(product.id, speakers, draft)
  let isWarned = false
  let rank = Math.max(-1, ...product.variants.map(({ variant_rank }) => variant_rank ?? 0))
  for (const member of fit) {
    if (member.variant === undefined) {
      rank += 1
      const variant = addVariant(draft, member, options, product.title, rank)
      draft.writes.variants.push({ ...variant, product_id: product.id })
      const plan: MemberPlan = { action: "create", productId: product.id, changes: changesOf(member) }
      const warnings: string[] | undefined = isWarned ? undefined : variantSellingWarnings(draft.catalogue.selling.get(product.id), variant.manage_inventory === true)
      // one warning for each product
      isWarned ||= warnings !== undefined
      plans.set(member, warnings === undefined ? plan : { ...plan, warnings })
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

/** Plans the items about one product, and adds the changes to the writes of the batch. */
export function planGroup(draft: Draft, { product, members }: Group): Map<Member, MemberPlan> {
  const plans = new Map<Member, MemberPlan>()
  if (product === undefined) {
    createGroup(draft, withoutAbsent(members, plans), plans)
  } else {
    changeGroup(draft, product, withoutAbsent(members, plans), plans)
  }
  return plans
}
