import type {
  CreateProductVariantWorkflowInputDTO,
  CreateProductWorkflowInputDTO,
  CreateTranslationDTO,
  UpdateTranslationDTO,
  UpsertProductDTO,
  UpsertProductVariantDTO,
} from "@medusajs/framework/types"

import type { CodeMoves } from "../../core-writes/move-codes"
import type { StockStatement } from "../../wire/schemas/inventory"

export type NewCategory = { id: string; name: string; handle: string; parent_category_id: string | null }

/** A price without rules; with an id it replaces that price. */
export type PriceWrite = { id?: string; currency_code: string; amount: string }

export type VariantPrices = { variant_id: string; product_id: string; price_set_id: string | null; prices: PriceWrite[]; previous: PriceWrite[] }

/** A new variant. */
export type NewVariant = Omit<CreateProductVariantWorkflowInputDTO, "prices"> & { id: string; variant_rank: number; prices: PriceWrite[] }

/** A new product with its variants. */
export type NewProduct = Omit<CreateProductWorkflowInputDTO, "variants"> & { id: string; variants: NewVariant[] }

export type OptionValueChange = { product_id: string; product_option_id: string; add?: { value: string }[]; remove?: string[] }

/** The writes of a batch. New records have ids already, so that others can refer to them. */
export type ProductWrites = {
  /** codes that records give up before others of the batch take them */
  releases: CodeMoves
  /** by depth, parents first */
  categories: NewCategory[][]
  tags: { id: string; value: string }[]
  products: NewProduct[]
  productUpdates: (UpsertProductDTO & { id: string })[]
  /** the undos of product updates that change only columns and metadata */
  productUndos: (UpsertProductDTO & { id: string })[]
  options: { id: string; title: string; values: string[]; is_exclusive: boolean }[]
  valuesAdded: OptionValueChange[]
  valuesRemoved: OptionValueChange[]
  variants: (NewVariant & { product_id: string })[]
  variantUpdates: (UpsertProductVariantDTO & { id: string })[]
  /** the undos of variant updates that change only columns and metadata */
  variantUndos: (UpsertProductVariantDTO & { id: string })[]
  prices: VariantPrices[]
  /** inventory items that variants take over */
  itemLinks: { variant_id: string; inventory_item_id: string }[]
  /** new SKUs of inventory items; null removes the SKU */
  itemRenames: { id: string; sku: string | null }[]
  translations: { create: CreateTranslationDTO[]; update: UpdateTranslationDTO[] }
  /** the SKUs of new and renamed variants */
  appeared: string[]
  stock: StockStatement[]
}

/** Empty writes. */
export const noWrites = (): ProductWrites => ({
  releases: { handles: [], skus: [], barcodes: [], itemSkus: [] },
  categories: [],
  tags: [],
  products: [],
  productUpdates: [],
  productUndos: [],
  options: [],
  valuesAdded: [],
  valuesRemoved: [],
  variants: [],
  variantUpdates: [],
  variantUndos: [],
  prices: [],
  itemLinks: [],
  itemRenames: [],
  translations: { create: [], update: [] },
  appeared: [],
  stock: [],
})
