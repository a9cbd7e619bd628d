import type { QuantityIs } from "./schemas/inventory"
import type { StockPlace } from "./schemas/place"

/** An amount as it was said: in the wire's unit (contract 1, "Amounts"), or, in Odoo's own fields, in major units. */
export type AmountStatement = { value: string; unit: "wire" | "major" }

/** A category by its handle, or by the names from the root down to it. */
export type CategoryStatement = { handle: string; name: string | undefined } | { path: string[] }

export type ProductStatus = "draft" | "proposed" | "published" | "rejected"

/** A text in another language. */
export type TranslationStatement = { title?: string | null | undefined; description?: string | null | undefined }

/**
 * What Odoo says of one product variant, in one form whatever form it came in. A member that is undefined was not
 * said, and changes nothing; null says that nothing is there any more.
 */
export type ProductItem = StockPlace & {
  sku: string
  /** Odoo's `product.product` */
  odooId?: string | undefined
  /** Odoo's `product.template`, which its variants share */
  templateId?: string | undefined
  title?: string | undefined
  titleAr?: string | null | undefined
  description?: string | null | undefined
  descriptionAr?: string | null | undefined
  /** by locale */
  translations?: Record<string, TranslationStatement> | undefined
  handle?: string | undefined
  status?: ProductStatus | undefined
  /** of `price`, `compareAtPrice` and `costPrice`; the store's default where it was not said */
  currencyCode?: string | undefined
  price?: AmountStatement | undefined
  compareAtPrice?: AmountStatement | null | undefined
  costPrice?: AmountStatement | null | undefined
  prices?: { currencyCode: string; amount: AmountStatement }[] | undefined
  /** what was left out of the statement, and why */
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
  /** the images in their order, and which of them is the thumbnail */
  images?: { urls: string[]; thumbnail: string | null } | undefined
  /** what tells the variant from its siblings: option and value */
  attributes?: [option: string, value: string][] | undefined
  metadata?: Record<string, unknown> | undefined
  manageInventory?: boolean | undefined
  allowBackorder?: boolean | undefined
  /** how many there are, of either sign and perhaps with a fraction */
  quantity?: number | undefined
  /** what the quantity is of; on hand where it was not said */
  quantityIs?: QuantityIs | undefined
  lifecycle?: Lifecycle | undefined
}

/** Whether the variant goes out of the shop (`archive`), or comes back should it have gone (`restore`); contract 6. */
export type Lifecycle = "archive" | "restore"

/** An item of a bulk push: what it says, or, so that the others need not fail with it, why it can not be read. */
export type BulkProductItem = ProductItem | { sku: string; unreadable: string }
