import { z } from "@medusajs/framework/zod"

import { metadataSchema } from "../metadata"
import { clearable, falseToUndefined, flagSchema, lineSchema, looseList, odooOptional, renamed, skuSchema, textSchema } from "../normalise"
import { odooIdSchema } from "../odoo-id"
import type { BulkProductItem, CategoryStatement, ProductItem, ProductStatement } from "../product-statement"
import { toWireIssues } from "../validate"
import {
  attributesSchema,
  barcodeSchema,
  brandSchema,
  categoriesSchema,
  categoryHandleSchema,
  categoryPathSchema,
  countrySchema,
  currencySchema,
  handleSchema,
  imagesSchema,
  inventorySchema,
  lineOrNumber,
  odooAmount,
  onHandSchema,
  tagsSchema,
  toGrams,
  translationsSchema,
  weightSchema,
  weightUnitSchema,
  wireAmount,
  type WeightUnit,
} from "./product-fields"

/** What Odoo's side calls the members of a product, and what the wire does; the first that is there counts. */
const ALIASES = renamed({
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

const fields = z.object({
  odoo_product_id: odooOptional(odooIdSchema),
  odoo_product_tmpl_id: odooOptional(odooIdSchema),
  sku: skuSchema,
  title: odooOptional(lineSchema),
  title_ar: clearable(lineSchema),
  description: clearable(textSchema),
  description_ar: clearable(textSchema),
  translations: translationsSchema,
  handle: odooOptional(handleSchema),
  status: odooOptional(
    z.enum(["draft", "proposed", "published", "rejected"], { error: "must be one of draft, proposed, published, rejected" })
  ),
  price: odooOptional(wireAmount).describe("in the wire's unit"),
  list_price: odooOptional(odooAmount).describe("Odoo's own field, in major units; counts where there is no `price`"),
  compare_at_price: odooOptional(wireAmount).describe("in the wire's unit"),
  compare_list_price: odooOptional(odooAmount).describe("Odoo's own field, in major units"),
  cost_price: odooOptional(wireAmount).describe("in the wire's unit"),
  standard_price: odooOptional(odooAmount).describe("Odoo's own field, in major units"),
  currency_code: odooOptional(currencySchema).describe("the store's default currency where it is not sent"),
  prices: odooOptional(z.array(z.object({ currency_code: currencySchema, amount: wireAmount }))),
  weight: odooOptional(weightSchema),
  weight_unit: weightUnitSchema,
  barcode: barcodeSchema,
  hs_code: clearable(lineOrNumber),
  origin_country: countrySchema,
  category_handle: categoryHandleSchema,
  category_name: categoryPathSchema,
  categories: categoriesSchema,
  brand: brandSchema,
  tags: tagsSchema,
  images: imagesSchema,
  attributes: attributesSchema,
  metadata: odooOptional(metadataSchema),
  inventory: odooOptional(inventorySchema),
})

type Fields = z.output<typeof fields>

/** The categories that any of the three members name; undefined where none was sent. */
function categoriesOf(given: Fields): CategoryStatement[] | undefined {
  const { category_handle: handle, category_name: path, categories } = given
  if (handle === undefined) {
    return path === undefined ? categories : [{ path }, ...(categories ?? [])]
  }
  // beside a handle, the name is the name of the same category
  return [{ handle, name: path?.at(-1) }, ...(categories ?? [])]
}

function toStatement(given: Fields, defaultWeightUnit: WeightUnit): ProductStatement {
  const { inventory } = given
  return {
    sku: given.sku,
    odooId: given.odoo_product_id,
    templateId: given.odoo_product_tmpl_id,
    title: given.title,
    titleAr: given.title_ar,
    description: given.description,
    descriptionAr: given.description_ar,
    translations: given.translations,
    handle: given.handle,
    status: given.status,
    currencyCode: given.currency_code,
    price: given.price ?? given.list_price,
    compareAtPrice: given.compare_at_price ?? given.compare_list_price,
    costPrice: given.cost_price ?? given.standard_price,
    prices: given.prices?.map(({ currency_code: currencyCode, amount }) => ({ currencyCode, amount })),
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
    quantity: inventory?.quantity,
    locationId: inventory?.location_id,
  }
}

/** The product that may stand under `product` or be the body itself (contract 1, "Tolerance"). */
function unwrapped(body: unknown): unknown {
  if (typeof body === "object" && body !== null && "product" in body) {
    return typeof body.product === "object" && body.product !== null ? body.product : body
  }
  return body
}

const productItem = z.preprocess(ALIASES, fields).transform((given): ProductItem => toStatement(given, "g"))

/** The body of `POST /odoo/products` (contract 4). */
export const productBody = z.preprocess(unwrapped, productItem)

/** The body of `POST /odoo/products/bulk` (contract 4); its products are read one by one. */
export const bulkProductsBody = z.object({
  products: looseList(productItem),
  atomic: flagSchema.describe("one bad product stops all"),
  dry_run: flagSchema.describe("nothing is written, and each item says what would change"),
})

/** How many sets of members have a schema of their own: a client's products have one or a few. */
const MAX_SHAPES = 64

const MEMBERS = Object.keys(fields.shape)

/** The schema cut down to what a product has, by those members. */
const shapes = new Map<string, z.ZodType<Fields>>()

/**
 * The schema for a product whose members have the wire's names. Most products have a few of the two dozen that there are, and
 * a member that is not there costs as much as one that is.
 */
function schemaFor(named: unknown): z.ZodType<Fields> {
  if (typeof named !== "object" || named === null || Array.isArray(named)) {
    return fields
  }
  const record = named as Record<string, unknown>
  const present = MEMBERS.filter((name) => name === "sku" || falseToUndefined(record[name]) !== undefined)
  const key = present.join()
  const known = shapes.get(key)
  if (known !== undefined || shapes.size >= MAX_SHAPES) {
    return known ?? fields
  }
  const cut: z.ZodType<Fields> = fields.pick(Object.fromEntries(present.map((name) => [name, true])) as { sku: true })
  shapes.set(key, cut)
  return cut
}

/** Reads the products of a bulk push; one that can not be read does not spoil the rest. */
export function readBulkProducts(given: readonly unknown[]): BulkProductItem[] {
  return given.map((item) => {
    const named = ALIASES(item)
    const result = schemaFor(named).safeParse(named)
    if (result.success) {
      return toStatement(result.data, "g")
    }
    const [issue] = toWireIssues(result.error)
    const sku = typeof named === "object" && named !== null && "sku" in named ? named.sku : undefined
    return {
      sku: typeof sku === "string" || typeof sku === "number" ? String(sku).slice(0, 255) : "",
      unreadable: `${issue?.path ? `${issue.path}: ` : ""}${issue?.message ?? "is not a product"}`,
    }
  })
}

/** The product events that Odoo sends (contract 6). */
export const PRODUCT_EVENTS = ["product.created", "product.updated", "product.deleted"] as const

const webhookProduct = z
  .preprocess(
    ALIASES,
    fields
      // a product's first snapshots, and what is left of a deleted one, may have no SKU yet or any more
      .extend({ sku: odooOptional(skuSchema), active: flagSchema, qty_available: onHandSchema })
      .refine(({ sku, odoo_product_id: id }) => sku !== undefined || id !== undefined, {
        path: ["sku"],
        message: "must be there where there is no odoo_id",
      })
  )
  .transform((given) => ({
    statement: {
      ...toStatement({ ...given, sku: given.sku ?? "" }, "kg"),
      quantity: given.inventory?.quantity ?? given.qty_available,
    } satisfies ProductStatement,
    active: given.active,
  }))

function webhookParts(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return body
  }
  const named = renamed({ event: "event_type" })(body) as Record<string, unknown>
  return { event_type: named.event_type, product: unwrapped(body) }
}

/** The body of `POST /odoo/webhooks/products` (contract 6). */
export const productWebhookBody = z.preprocess(
  webhookParts,
  z.object({
    event_type: z.enum(PRODUCT_EVENTS, { error: `must be one of ${PRODUCT_EVENTS.join(", ")}` }),
    product: webhookProduct,
  })
)

/** What a product webhook says: the statement, and whether the product is gone or there. */
export function readProductWebhook(body: z.output<typeof productWebhookBody>): ProductItem {
  const { statement, active } = body.product
  const archived = body.event_type === "product.deleted" || active === false
  return { ...statement, lifecycle: archived ? "archive" : active === true ? "restore" : undefined }
}
