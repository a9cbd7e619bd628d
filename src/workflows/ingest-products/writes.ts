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

/** A plain price; with an id it takes the place of that price. */
export type PriceWrite = { id?: string; currency_code: string; amount: string }

export type VariantPrices = { variant_id: string; product_id: string; price_set_id: string | null; prices: PriceWrite[]; previous: PriceWrite[] }

/** A variant that is to be made. */
export type NewVariant = Omit<CreateProductVariantWorkflowInputDTO, "prices"> & { id: string; variant_rank: number; prices: PriceWrite[] }

/** A product that is to be made, with its variants. */
export type NewProduct = Omit<CreateProductWorkflowInputDTO, "variants"> & { id: string; variants: NewVariant[] }

export type OptionValueChange = { product_id: string; product_option_id: string; add?: { value: string }[]; remove?: string[] }

/**
 * All that has to be written for a batch. New records have their ids already, so that one can name the other.
 */
export type ProductWrites = {
  /** what records give up before others of the same batch take it */
  releases: CodeMoves
  /** parents in earlier lists than their children */
  categories: NewCategory[][]
  tags: { id: string; value: string }[]
  products: NewProduct[]
  productUpdates: (UpsertProductDTO & { id: string })[]
  /** what undoes those updates of products that touch nothing but columns and metadata */
  productUndos: (UpsertProductDTO & { id: string })[]
  options: { id: string; title: string; values: string[]; is_exclusive: boolean }[]
  valuesAdded: OptionValueChange[]
  valuesRemoved: OptionValueChange[]
  variants: (NewVariant & { product_id: string })[]
  variantUpdates: (UpsertProductVariantDTO & { id: string })[]
  /** the same of variants */
  variantUndos: (UpsertProductVariantDTO & { id: string })[]
  prices: VariantPrices[]
  /** inventory items that variants take over */
  itemLinks: { variant_id: string; inventory_item_id: string }[]
  /** SKUs that inventory items get; null where one has none any more */
  itemRenames: { id: string; sku: string | null }[]
  translations: { create: CreateTranslationDTO[]; update: UpdateTranslationDTO[] }
  /** SKUs that have just appeared in the catalogue */
  appeared: string[]
  stock: StockStatement[]
}

/** Writes that are still empty. */
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
