import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** A variant and its product, as Medusa's own query shows them. */
export type FoundVariant = {
  id: string
  sku: string
  title: string
  barcode: string | null
  weight: number | null
  hs_code: string | null
  origin_country: string | null
  manage_inventory: boolean
  allow_backorder: boolean
  metadata: Record<string, unknown> | null
  options: { value: string; option: { title: string } }[]
  prices: { id: string; amount: number; currency_code: string; price_rules: unknown[] }[]
  inventory_items: { inventory_item_id: string }[]
  product: {
    id: string
    title: string
    handle: string
    status: string
    description: string | null
    thumbnail: string | null
    updated_at: string
    metadata: Record<string, unknown> | null
    images: { id: string; url: string; rank: number }[]
    tags: { value: string }[]
    categories: { id: string; name: string; handle: string; parent_category_id: string | null }[]
    options: { title: string; values: { value: string }[] }[]
    sales_channels: { id: string }[]
    shipping_profile: { id: string } | null
  }
}

const FIELDS = [
  "*",
  "options.value",
  "options.option.title",
  "prices.*",
  "prices.price_rules.*",
  "inventory_items.*",
  "product.*",
  "product.images.*",
  "product.tags.*",
  "product.categories.*",
  "product.sales_channels.id",
  "product.shipping_profile.id",
]

/** The variants of these SKUs, with all of their products; those that are not there are left out. */
export async function variantsBySku(container: MedusaContainer, skus: readonly string[]): Promise<Record<string, FoundVariant>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "product_variant", fields: FIELDS, filters: { sku: [...skus] } })
  const variants = data as FoundVariant[]
  const products = await container
    .resolve("product")
    .listProducts({ id: variants.map(({ product }) => product.id) }, { relations: ["options.values"] })
  for (const variant of variants) {
    variant.product.options = (products.find(({ id }) => id === variant.product.id)?.options ?? [])
    variant.product.images.sort((a, b) => a.rank - b.rank)
  }
  return Object.fromEntries(variants.map((variant) => [variant.sku, variant]))
}

/** What tells a variant apart, as `{Color: "Black"}`. */
export const attributesOf = (variant: FoundVariant) =>
  Object.fromEntries(variant.options.map(({ value, option }) => [option.title, value]))

/** The plain price of a variant in each currency; major units. */
export const pricesOf = (variant: FoundVariant) =>
  Object.fromEntries(
    variant.prices.filter((price) => price.price_rules.length === 0).map(({ currency_code, amount }) => [currency_code, amount])
  )
