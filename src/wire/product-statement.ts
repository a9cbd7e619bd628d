import type { QuantityIs } from "./schemas/inventory"
import type { StatedLocation } from "./schemas/stated-location"

/** An amount as it was sent: in the wire's unit (contract 1, "Amounts"), or, from Odoo's own fields, in major units. */
export type AmountStatement = { value: string; unit: "wire" | "major" }

/** A category: its handle, or the names from the root down to it. */
export type CategoryStatement = { handle: string; name: string | undefined } | { path: string[] }

export type ProductStatus = "draft" | "proposed" | "published" | "rejected"

/** A text in another language. */
export type TranslationStatement = { title?: string | null | undefined; description?: string | null | undefined }

/**
 * An item of a push about a product variant, in one form for all routes. An undefined member was not sent and changes nothing;
 * null clears the member.
 */
export type ProductItem = StatedLocation & {
  sku: string
  /** the id of the `product.product` in Odoo */
  odooId?: string | undefined
  /** the id of the `product.template` in Odoo, which its variants share */
  templateId?: string | undefined
  title?: string | undefined
  titleAr?: string | null | undefined
  description?: string | null | undefined
  descriptionAr?: string | null | undefined
  /** by locale */
  translations?: Record<string, TranslationStatement> | undefined
  handle?: string | undefined
  status?: ProductStatus | undefined
  /** the currency of `price`, `compareAtPrice` and `costPrice`; undefined for the store's default */
  currencyCode?: string | undefined
  price?: AmountStatement | undefined
  compareAtPrice?: AmountStatement | null | undefined
  costPrice?: AmountStatement | null | undefined
  prices?: { currencyCode: string; amount: AmountStatement }[] | undefined
  /** the parts of the item that are ignored, and why */
  warnings?: string[] | undefined
  /** whole grams */
  weight?: number | null | undefined
  barcode?: string | null | undefined
  hsCode?: string | null | undefined
  /** ISO 3166-1 alpha-2, lower case */
  originCountry?: string | null | undefined
  categories?: CategoryStatement[] | undefined
  brand?: string | null | undefined
  tags?: string[] | undefined
  /** the addresses of the images in their order, and that of the thumbnail */
  images?: { urls: string[]; thumbnail: string | null } | undefined
  /** options and values that distinguish the variant from the others of its product */
  attributes?: [option: string, value: string][] | undefined
  metadata?: Record<string, unknown> | undefined
  manageInventory?: boolean | undefined
  allowBackorder?: boolean | undefined
  /** the number of pieces; possibly negative, possibly with a fraction */
  quantity?: number | undefined
  /** whether the quantity counts the pieces on hand or the available ones; undefined for those on hand */
  quantityIs?: QuantityIs | undefined
  lifecycle?: Lifecycle | undefined
}

/** Whether the variant leaves the shop (`archive`), or returns if it had left (`restore`); contract 6. */
export type Lifecycle = "archive" | "restore"

/** An item of a bulk push, or why it can not be read; the other items are applied all the same. */
export type BulkProductItem = ProductItem | { sku: string; unreadable: string }
