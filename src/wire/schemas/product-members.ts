import { z } from "zod"

import { metadataSchema } from "../metadata"
import { blankOptional, clearable, lineSchema, nameOfReference, odooFlagSchema, renamed, skuSchema, textSchema } from "../normalise"
import { odooIdSchema } from "../odoo-id"
import type { CategoryStatement, Lifecycle, ProductItem } from "../product-statement"
import { templateTitle } from "../template-title"
import { locationMembers, toStatedLocation } from "./stated-location"
import {
  attributesSchema,
  barcodeSchema,
  brandSchema,
  countrySchema,
  currencySchema,
  handleSchema,
  inventorySchema,
  lineOrNumber,
  odooAmount,
  pricesSchema,
  quantityMembers,
  toGrams,
  translationsSchema,
  weightSchema,
  weightUnitSchema,
  wireAmount,
  type WeightUnit,
} from "./product-fields"
import { categoriesSchema, categoryHandleSchema, categoryPathSchema, imagesSchema, tagsSchema } from "./product-lists"

/** Odoo's names of the members of a product, and the wire's; of several, the first one with a value counts. */
export const ALIASES = renamed({
  odoo_id: "odoo_product_id",
  id: "odoo_product_id",
  product_tmpl_id: "odoo_product_tmpl_id",
  default_code: "sku",
  name: "title",
  description_sale: "description",
  lst_price: "list_price",
  currency_id: "currency_code",
  weight_uom_name: "weight_unit",
  categ_id: "category_name",
  country_code: "origin_country",
})

/**
 * The members of a product. Odoo sends every member with each record: `false` and empty texts clear a member where the schema is
 * `clearable` or a list, and change nothing where the product needs the member (`blankOptional`, references).
 */
export const fields = z.object({
  odoo_product_id: blankOptional(odooIdSchema),
  odoo_product_tmpl_id: blankOptional(odooIdSchema),
  sku: blankOptional(skuSchema).describe("needed where there is no `odoo_product_id`"),
  title: blankOptional(lineSchema),
  title_ar: clearable(lineSchema),
  description: clearable(textSchema),
  description_ar: clearable(textSchema),
  translations: translationsSchema,
  handle: blankOptional(handleSchema),
  status: blankOptional(
    z.enum(["draft", "proposed", "published", "rejected"], { error: "must be one of draft, proposed, published, rejected" })
  ),
  price: blankOptional(wireAmount).describe("in the wire's unit"),
  list_price: blankOptional(odooAmount).describe("Odoo's own field, in major units; counts where there is no `price`"),
  compare_at_price: clearable(wireAmount).describe("in the wire's unit"),
  compare_list_price: clearable(odooAmount).describe("Odoo's own field, in major units"),
  cost_price: clearable(wireAmount).describe("in the wire's unit"),
  standard_price: clearable(odooAmount).describe("Odoo's own field, in major units"),
  currency_code: currencySchema.describe("the store's default currency where it is not sent"),
  prices: pricesSchema,
  weight: clearable(weightSchema),
  weight_unit: weightUnitSchema,
  barcode: barcodeSchema,
  hs_code: z.preprocess((value) => (Array.isArray(value) ? nameOfReference(value) : value), clearable(lineOrNumber)),
  origin_country: countrySchema,
  category_handle: categoryHandleSchema,
  category_name: categoryPathSchema,
  categories: categoriesSchema,
  brand: brandSchema,
  tags: tagsSchema,
  images: imagesSchema,
  attributes: attributesSchema,
  metadata: blankOptional(metadataSchema),
  active: odooFlagSchema.describe("`false` takes the product out of the shop, `true` brings it back"),
  ...quantityMembers,
  ...locationMembers,
  inventory: inventorySchema,
})

export type Fields = z.output<typeof fields>

/** The categories in any of the three members; undefined where none was sent. */
function categoriesOf(given: Fields): CategoryStatement[] | undefined {
  const { category_handle: handle, category_name: path, categories } = given
  if (handle === undefined) {
    return path === undefined ? categories : [{ path }, ...(categories ?? [])]
  }
  // the name belongs to the category with the handle
  return [{ handle, name: path?.at(-1) }, ...(categories ?? [])]
}

/** The first value that was sent with content; null, which clears, where neither has content and one was sent. */
const firstGiven = <T, U>(first: T | null | undefined, second: U | null | undefined): T | U | null | undefined => first ?? (second === undefined ? first : second)

/** The quantity and its kind; undefined where no quantity was sent. */
function stockOf({ quantity, qty_available: onHand, free_qty: free }: Partial<Pick<Fields, "quantity" | "qty_available" | "free_qty">>) {
  const stated = quantity ?? onHand
  if (stated !== undefined) {
    return { quantity: stated, quantityIs: "on_hand" as const }
  }
  return free === undefined ? undefined : { quantity: free, quantityIs: "available" as const }
}

/** The location of the quantity: the one sent with the quantity, or else with the product. */
function locationOf(given: Fields) {
  const { inventory } = given
  const isInside = (inventory?.location_id ?? inventory?.warehouse_id ?? inventory?.warehouse_name) !== undefined
  const { location_id, warehouse_id, warehouse_name } = isInside ? { ...inventory } : given
  return toStatedLocation({ location_id, warehouse_id, warehouse_name })
}

const lifecycleOf = (active: boolean): Lifecycle => (active ? "restore" : "archive")

/** Turns the members of a product into the form that all routes use. */
export function toStatement(given: Fields, defaultWeightUnit: WeightUnit): ProductItem {
  const { sku = "", inventory, active } = given
  return {
    sku,
    odooId: given.odoo_product_id,
    templateId: given.odoo_product_tmpl_id,
    title: given.odoo_product_tmpl_id === undefined ? given.title : templateTitle(given.title, sku, given.attributes),
    titleAr: given.title_ar,
    description: given.description,
    descriptionAr: given.description_ar,
    translations: given.translations,
    handle: given.handle,
    status: given.status,
    currencyCode: given.currency_code,
    price: given.price ?? given.list_price,
    compareAtPrice: firstGiven(given.compare_at_price, given.compare_list_price),
    costPrice: firstGiven(given.cost_price, given.standard_price),
    prices: given.prices?.flatMap(({ currencyCode, amount }) => (currencyCode === null ? [] : [{ currencyCode, amount }])),
    warnings: given.prices?.flatMap(({ currencyCode }, index) =>
      currencyCode === null ? [`prices[${String(index)}] was left alone: a bare currency_id does not say which currency it is`] : []
    ),
    weight: toGrams(given.weight, given.weight_unit ?? defaultWeightUnit),
    barcode: given.barcode,
    hsCode: given.hs_code,
    originCountry: given.origin_country,
    categories: categoriesOf(given),
    brand: given.brand,
    tags: given.tags,
    images: given.images,
    attributes: given.attributes,
    metadata: given.metadata,
    manageInventory: inventory?.manage_inventory,
    allowBackorder: inventory?.allow_backorder,
    ...stockOf(inventory ?? {}) ?? stockOf(given),
    ...locationOf(given),
    lifecycle: active === undefined ? undefined : lifecycleOf(active),
  }
}

const NAMELESS = { path: ["sku"], message: "must be there where there is no odoo_product_id" }

const isNamed = ({ sku, odoo_product_id: id }: Partial<Fields>) => sku !== undefined || id !== undefined

/** Members of a product that must name the product by SKU or id. */
export const withName = (members: z.ZodType<Fields>): z.ZodType<Fields> => members.refine(isNamed, NAMELESS)
