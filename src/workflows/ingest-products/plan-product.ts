import type { UpsertProductDTO } from "@medusajs/framework/types"
import { isDeepStrictEqual } from "util"

import { isNumbered, slugOf } from "../../wire/handle"
import { toOdooId } from "../../wire/odoo-id"
import type { CategoryStatement, ProductStatus } from "../../wire/product-statement"
import type { CatalogueProduct } from "./catalogue"
import type { Draft } from "./draft"
import { metadataPatch, newMetadata } from "./plan-metadata"
import type { Member } from "./plan-variant"

/**
 * What the statements about one product say of it together; where two say the same thing, the later one counts. Facts
 * of a variant that Medusa keeps at the product too (weight, cost, …) are those of its leading variant.
 */
function overlay(members: readonly Member[], leadingId: string | undefined) {
  const wanted = new Map<string, { value: unknown; members: Set<Member> }>()
  const say = (member: Member, facts: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(facts)) {
      if (value !== undefined) {
        const fact = wanted.get(name) ?? { value, members: new Set<Member>() }
        wanted.set(name, { value, members: fact.members.add(member) })
      }
    }
  }
  for (const member of members) {
    const { statement, money } = member
    say(member, {
      title: statement.title,
      description: statement.description,
      handle: statement.handle,
      status: statement.status,
      tags: statement.tags,
      categories: statement.categories,
      images: statement.images,
    })
    say(member, prefixed(statement.metadata ?? {}))
    say(member, prefixed({
      odoo_product_tmpl_id: statement.templateId === undefined ? undefined : toOdooId(statement.templateId),
      brand: statement.brand,
      title_ar: statement.titleAr,
      description_ar: statement.descriptionAr,
      translations: statement.translations,
    }))
    if (member.id === leadingId) {
      say(member, { weight: statement.weight, hs_code: statement.hsCode, origin_country: statement.originCountry })
      say(member, prefixed({
        odoo_id: statement.odooId === undefined ? undefined : toOdooId(statement.odooId),
        compare_at_price: money.compareAtPrice,
        cost_price: money.costPrice,
      }))
    }
  }
  return wanted
}

const METADATA = "metadata."

const prefixed = (metadata: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(metadata).map(([key, value]) => [`${METADATA}${key}`, value]))

type Wanted = ReturnType<typeof overlay>

/** What the statements may say, by the names that the overlay gives it. */
type Said = {
  title: string
  description: string | null
  handle: string
  status: ProductStatus
  tags: string[]
  categories: CategoryStatement[]
  images: { urls: string[]; thumbnail: string | null }
  weight: number
  hs_code: string | null
  origin_country: string | null
}

const valueOf = <Name extends keyof Said>(wanted: Wanted, name: Name) => wanted.get(name)?.value as Said[Name] | undefined

/** Locales that are not spoken of keep their texts. */
function wantedMetadata(wanted: Wanted, current: Record<string, unknown> | null): Record<string, unknown> {
  const metadata = Object.fromEntries(
    [...wanted].flatMap(([name, { value }]) => (name.startsWith(METADATA) ? [[name.slice(METADATA.length), value]] : []))
  ) as Record<string, unknown>
  const { translations } = metadata
  if (typeof translations !== "object" || translations === null) {
    return metadata
  }
  const present = (typeof current?.translations === "object" ? (current.translations ?? {}) : {}) as Record<string, object>
  const merged = Object.entries(translations as Record<string, object>).map(([locale, texts]) => [locale, { ...present[locale], ...texts }])
  return { ...metadata, translations: { ...present, ...Object.fromEntries(merged) } }
}

/** The images as Medusa takes them: those that are there already keep their ids. */
const imagesOf = (urls: readonly string[], product?: CatalogueProduct) =>
  urls.map((url) => {
    const present = product?.images.find((image) => image.url === url)
    return present === undefined ? { url } : { id: present.id, url }
  })

/** A product that is to be made, without its options and variants. */
export function planNewProduct(id: string, members: readonly Member[], draft: Draft) {
  const wanted = overlay(members, members[0]?.id)
  const title = valueOf(wanted, "title") ?? ""
  const images = valueOf(wanted, "images")
  const base = valueOf(wanted, "handle") ?? (slugOf(title) || slugOf(members[0]?.statement.sku ?? "") || "product")
  const { sales_channel_id, shipping_profile_id } = draft.catalogue.shop
  return {
    id,
    title,
    handle: draft.takeHandle(base),
    description: valueOf(wanted, "description") ?? undefined,
    status: valueOf(wanted, "status") ?? ("published" as const),
    weight: valueOf(wanted, "weight"),
    hs_code: valueOf(wanted, "hs_code") ?? undefined,
    origin_country: valueOf(wanted, "origin_country") ?? undefined,
    images: images === undefined ? undefined : imagesOf(images.urls),
    thumbnail: images?.thumbnail ?? undefined,
    tag_ids: valueOf(wanted, "tags")?.map((tag) => draft.tagId(tag)),
    category_ids: categoryIds(valueOf(wanted, "categories"), draft),
    metadata: newMetadata(wantedMetadata(wanted, null)),
    ...(sales_channel_id === null ? {} : { sales_channels: [{ id: sales_channel_id }] }),
    ...(shipping_profile_id === null ? {} : { shipping_profile_id }),
  }
}

const categoryIds = (categories: readonly CategoryStatement[] | undefined, draft: Draft) =>
  categories === undefined ? undefined : [...new Set(categories.map((category) => draft.categories.idOf(category)))]

const sameSet = (a: readonly string[], b: readonly string[]) => isDeepStrictEqual(new Set(a), new Set(b))

/** What of an existing product differs, and which statements have said so, by the names of what differs. */
export function planProductChange(product: CatalogueProduct, members: readonly Member[], draft: Draft) {
  const wanted = overlay(members, product.variants[0]?.id)
  const update: UpsertProductDTO = {}
  const changed = new Set<string>()
  const set = (name: string, values: UpsertProductDTO) => {
    Object.assign(update, values)
    changed.add(name)
  }
  for (const name of ["title", "description", "status", "weight", "hs_code", "origin_country"] as const) {
    const value = valueOf(wanted, name)
    if (value !== undefined && value !== product[name]) {
      set(name, { [name]: value })
    }
  }
  const handle = valueOf(wanted, "handle")
  // a number behind the handle is ours where another product has the handle itself
  const isOurs = handle === product.handle || (handle !== undefined && isNumbered(handle, product.handle) && draft.isHandleTaken(handle))
  if (handle !== undefined && !isOurs) {
    set("handle", { handle: draft.takeHandle(handle) })
  }
  const images = valueOf(wanted, "images")
  if (images !== undefined && !isDeepStrictEqual(images.urls, product.images.map(({ url }) => url))) {
    set("images", { images: imagesOf(images.urls, product), thumbnail: images.thumbnail })
  } else if (images !== undefined && images.thumbnail !== product.thumbnail) {
    set("images", { thumbnail: images.thumbnail })
  }
  const tags = valueOf(wanted, "tags")
  if (tags !== undefined && !sameSet(tags, product.tags)) {
    set("tags", { tag_ids: tags.map((tag) => draft.tagId(tag)) })
  }
  const categories = categoryIds(valueOf(wanted, "categories"), draft)
  if (categories !== undefined && !sameSet(categories, product.category_ids)) {
    set("categories", { category_ids: categories })
  }
  const metadata = metadataPatch(product.metadata, wantedMetadata(wanted, product.metadata))
  if (Object.keys(metadata).length > 0) {
    update.metadata = metadata
    for (const key of Object.keys(metadata)) {
      changed.add(`${METADATA}${key}`)
    }
  }
  const changes = new Map<Member, string[]>()
  for (const name of changed) {
    wanted.get(name)?.members.forEach((member) => {
      const own = changes.get(member) ?? []
      own.push(name)
      changes.set(member, own)
    })
  }
  return { update, changesOf: (member: Member) => changes.get(member) ?? [] }
}
