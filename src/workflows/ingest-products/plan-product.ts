import type { UpsertProductDTO } from "@medusajs/framework/types"
import { isDeepStrictEqual } from "util"

import { isNumbered, slugOf } from "../../wire/handle"
import type { CategoryStatement } from "../../wire/product-statement"
import type { CatalogueProduct } from "./catalogue"
import type { Draft } from "./draft"
import { newColumns, productColumns, productLists, productMetadata, templateMetadata, withStoredTexts } from "./field-mapping"
import { stated } from "./merge-statements"
import { metadataPatch, newMetadata } from "./plan-metadata"
import type { Member } from "./plan-variant"

const METADATA = "metadata."

/**
 * Merges the items about one product, and notes which members state each value. Each variant may state the product template; all
 * other values are stated by the speakers alone. Of several values the later one counts.
 */
function overlay(members: readonly Member[], speakers: readonly Member[]) {
  const facts: Partial<ReturnType<typeof productColumns> & ReturnType<typeof productLists>> = {}
  const metadata: Record<string, unknown> = {}
  const saidBy = new Map<string, Set<Member>>()
  const say = (member: Member, said: object, given: object, prefix = "") => {
    const values = stated(given)
    Object.assign(said, values)
    for (const name of Object.keys(values)) {
      saidBy.set(prefix + name, (saidBy.get(prefix + name) ?? new Set<Member>()).add(member))
    }
  }
  for (const member of speakers) {
    say(member, facts, productColumns(member.statement))
    say(member, facts, productLists(member.statement))
    say(member, metadata, productMetadata(member.statement, member.money), METADATA)
  }
  for (const member of members) {
    say(member, metadata, templateMetadata(member.statement), METADATA)
  }
  return { facts, metadata, saidBy }
}

/** The images as Medusa takes them: present images keep their ids. */
const imagesOf = (urls: readonly string[], product?: CatalogueProduct) =>
  urls.map((url) => {
    const present = product?.images.find((image) => image.url === url)
    return present === undefined ? { url } : { id: present.id, url }
  })

/**
 * Plans a new product, without its options and variants.
 * @param speakers the members whose values count for the product; the last one counts first (`speakersOf`)
 */
export function planNewProduct(id: string, members: readonly Member[], speakers: readonly Member[], draft: Draft) {
  const { facts, metadata } = overlay(members, speakers)
  const { images, tags, categories, ...columns } = facts
  const title = columns.title ?? ""
  const base = columns.handle ?? (slugOf(title) || slugOf(members[0]?.statement.sku ?? "") || "product")
  const { sales_channel_id, shipping_profile_id } = draft.catalogue.shop
  return {
    id,
    status: "published" as const,
    ...newColumns(columns),
    title,
    handle: draft.takeHandle(base),
    images: images === undefined ? undefined : imagesOf(images),
    tag_ids: tags?.map((tag) => draft.tagId(tag)),
    category_ids: categoryIds(categories, draft),
    metadata: newMetadata(withStoredTexts(metadata, null)),
    ...(sales_channel_id === null ? {} : { sales_channels: [{ id: sales_channel_id }] }),
    ...(shipping_profile_id === null ? {} : { shipping_profile_id }),
  }
}

const categoryIds = (categories: readonly CategoryStatement[] | undefined, draft: Draft) =>
  categories === undefined ? undefined : [...new Set(categories.map((category) => draft.categories.idOf(category)))]

const sameSet = (a: readonly string[], b: readonly string[]) => isDeepStrictEqual(new Set(a), new Set(b))

/**
 * Plans the changes of a present product.
 * @returns the update, and the names of the changes that each member has stated
 */
export function planProductChange(product: CatalogueProduct, members: readonly Member[], speakers: readonly Member[], draft: Draft) {
  const { facts, metadata: said, saidBy } = overlay(members, speakers)
  const { images, tags, categories: named, handle, thumbnail, ...columns } = facts
  const update: UpsertProductDTO = {}
  const changed = new Set<string>()
  const set = (name: string, values: UpsertProductDTO) => {
    Object.assign(update, values)
    changed.add(name)
  }
  for (const [name, value] of Object.entries(columns)) {
    if (value !== product[name as keyof typeof columns]) {
      set(name, { [name]: value })
    }
  }
  // a handle with a number stays where another product has the handle without the number
  const isNumber = handle !== undefined && isNumbered(handle, product.handle) && draft.isHandleTaken(handle)
  if (handle !== undefined && handle !== product.handle && !(isNumber && draft.keepHandle(product.handle))) {
    set("handle", { handle: draft.takeHandle(handle) })
  }
  if (images !== undefined && !isDeepStrictEqual(images, product.images.map(({ url }) => url))) {
    set("images", { images: imagesOf(images, product), thumbnail })
  } else if (thumbnail !== undefined && thumbnail !== product.thumbnail) {
    set("images", { thumbnail })
  }
  if (tags !== undefined && !sameSet(tags, product.tags)) {
    set("tags", { tag_ids: tags.map((tag) => draft.tagId(tag)) })
  }
  const categories = categoryIds(named, draft)
  if (categories !== undefined && !sameSet(categories, product.category_ids)) {
    set("categories", { category_ids: categories })
  }
  const metadata = metadataPatch(product.metadata, withStoredTexts(said, product.metadata))
  if (Object.keys(metadata).length > 0) {
    update.metadata = metadata
    for (const key of Object.keys(metadata)) {
      changed.add(`${METADATA}${key}`)
    }
  }
  const changes = new Map<Member, string[]>()
  for (const name of changed) {
    saidBy.get(name)?.forEach((member) => {
      const own = changes.get(member) ?? []
      own.push(name)
      changes.set(member, own)
    })
  }
  return { update, changesOf: (member: Member) => changes.get(member) ?? [] }
}
