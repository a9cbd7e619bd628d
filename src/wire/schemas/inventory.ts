import { z } from "zod"

import { statedQuantitySchema } from "../counts"
import { falseToUndefined, lineSchema, looseList, MAX_QUANTITY, odooFlagSchema, odooOptional, renamed, skuSchema, withoutBlanks } from "../normalise"
import { odooIdSchema } from "../odoo-id"
import { pastTimeSchema } from "../times"
import { toWireIssues } from "../validate"
import { locationMembers, toStatedLocation, type StatedLocation } from "./stated-location"

/**
 * The kinds of counts: `on_hand` counts all pieces in stock, sold or not (Odoo's `qty_available`); `available` counts those that
 * are not sold (Odoo's `free_qty`).
 */
export const QUANTITY_IS = ["on_hand", "available"] as const

export type QuantityIs = (typeof QUANTITY_IS)[number]

/** A statement about a stock: a count (`absolute`), or a number of pieces that came or went (`delta`). */
export type StockStatement = StatedLocation & {
  /** empty where only `odooId` names the product */
  sku: string
  /** the id of the product in Odoo */
  odooId?: string | undefined
  /** as it was sent; possibly negative, possibly with a fraction */
  quantity: number
  adjustment: "absolute" | "delta"
  /** the kind of a count; undefined for the one of the option `quantityIs` */
  quantityIs?: QuantityIs | undefined
  /** the time of the statement; milliseconds since 1970 */
  statedAt?: number | undefined
  /** the title of the product, for a SKU that the shop does not know */
  title?: string | undefined
}

/** An item that can not be read, and why; the other items are applied all the same. */
export type Unreadable = { sku: string; unreadable: string }

/** An item of a push, or why it can not be read. */
export type StockItem = StockStatement | Unreadable

/** Odoo's fields with counts, and the kind of each. Fields of products take precedence over those of quants. */
const ODOO_COUNTS: Readonly<Record<string, QuantityIs>> = {
  qty_available: "on_hand",
  free_qty: "available",
  available_quantity: "available",
  inventory_quantity: "on_hand",
}

/** Other names of the members that name the product of an item. */
export const IDENTITY_ALIASES = { default_code: "sku", odoo_id: "odoo_product_id", product_id: "odoo_product_id" }

/**
 * Renames the members of an item to those of the wire. Odoo's names of counts are read where the wire's name is missing, and only
 * for counts, because they are never changes.
 * @param countName the wire's name of the count
 */
const named =
  (aliases: Readonly<Record<string, string>> = {}, countName = "quantity") =>
  (item: unknown): unknown => {
    const members = renamed({ ...IDENTITY_ALIASES, ...aliases })(withoutBlanks(item))
    if (typeof members !== "object" || members === null || Array.isArray(members)) {
      return members
    }
    const given: Record<string, unknown> = { ...members }
    const isNamed = falseToUndefined(given[countName]) !== undefined || given.adjustment_type === "delta"
    const field = isNamed ? undefined : Object.keys(ODOO_COUNTS).find((name) => falseToUndefined(given[name]) !== undefined)
    return field === undefined ? given : { ...given, [countName]: given[field], quantity_is: ODOO_COUNTS[field] }
  }

/** The SKU of an unchecked item; an empty text where it has none. */
function skuIn(item: unknown): string {
  const members = renamed(IDENTITY_ALIASES)(item)
  const sku = typeof members === "object" && members !== null && "sku" in members ? members.sku : undefined
  return typeof sku === "string" || typeof sku === "number" ? String(sku).slice(0, 255) : ""
}

/** The id of a product in Odoo. An invalid value is ignored, because the SKU names the product then. */
const productId = z.preprocess((value) => (odooIdSchema.safeParse(value).success ? value : undefined), odooIdSchema.optional())

/** The members that name the product of an item. */
export const identityMembers = {
  sku: odooOptional(skuSchema).describe("also as `default_code`; it may be left out where `odoo_product_id` is there"),
  odoo_product_id: productId.describe(
    "Odoo's product, as `7` or `[7, \"Shirt\"]`, also as `product_id`: finds the variant that stores this id, where the SKU finds none"
  ),
}

const countMembers = z.object({
  ...identityMembers,
  quantity: statedQuantitySchema.describe(
    "how many; Odoo's own `qty_available`, `inventory_quantity` (on hand), `free_qty` and `available_quantity` (available) are read in its place. Below zero is none, and a fraction is rounded down unless the option `fractionalQuantities` is on"
  ),
  quantity_is: odooOptional(z.enum(QUANTITY_IS, "must be on_hand or available")).describe(
    "what a count is of: `on_hand`, what lies on the shelf, or `available`, what of it is not sold yet; the option `quantityIs` where it is left out"
  ),
  ...locationMembers,
  updated_at: odooOptional(pastTimeSchema().transform((time) => time.getTime())).describe(
    "of what time the statement is; one that is older than what was applied last is skipped"
  ),
})

type Identity = { sku?: string | undefined; odoo_product_id?: string | undefined }

/** Refuses items with neither a SKU nor an id in Odoo, also where they have other faults. */
export const identified = <T extends z.ZodType<Identity>>(members: T) =>
  members.refine(({ sku, odoo_product_id: odooId }) => sku !== undefined || odooId !== undefined, {
    path: ["sku"],
    message: "must not be empty",
    when: ({ issues }) => issues.every(({ path = [] }) => path.length > 0 && path[0] !== "sku"),
  })

const toCount = (item: z.output<typeof countMembers>): StockStatement => ({
  sku: item.sku ?? "",
  odooId: item.odoo_product_id,
  quantity: item.quantity,
  adjustment: "absolute",
  quantityIs: item.quantity_is,
  ...toStatedLocation(item),
  statedAt: item.updated_at,
})

const countItem = z.preprocess(named(), identified(countMembers)).transform(toCount)

/** The body of `POST /odoo/inventory/update` (contract 5). */
export const updateStockBody = countItem

/** The body of `POST /odoo/inventory/bulk-update` (contract 5); its items are read one by one. */
export const bulkUpdateBody = z.object({ items: looseList(countItem) })

const syncItem = z
  .preprocess(
    named({ name: "title" }),
    identified(countMembers.extend({ title: odooOptional(lineSchema).describe("the title of a SKU that the shop does not know yet") }))
  )
  .transform(({ title, ...item }): StockStatement => ({ ...toCount(item), title }))

/** The body of `POST /odoo/inventory` (contract 5); its items are read one by one. */
export const syncStockBody = z.object({ items: looseList(syncItem) })

const batchUpdateItem = z
  .preprocess(
    named({ quantity: "stocked_quantity" }, "stocked_quantity"),
    identified(countMembers.omit({ quantity: true }).extend({ stocked_quantity: countMembers.shape.quantity }))
  )
  .transform(({ stocked_quantity: quantity, ...item }) => toCount({ ...item, quantity }))

/** The body of `POST /admin/inventory/batch-update` (contract 5); its updates are read one by one. */
export const batchUpdateBody = z.object({ updates: looseList(batchUpdateItem) })

/** The inventory events that Odoo sends (contract 6). */
const INVENTORY_EVENTS = ["inventory.updated", "inventory.adjustment", "stock.received", "stock.transfer"] as const

/** The formats of a report. */
const REPORT_FORMATS = ["json", "csv"] as const

const format = odooOptional(z.enum(REPORT_FORMATS, "must be json or csv"))

/** The query of `POST /odoo/inventory/compare`. */
export const compareStockQuery = z.object({ format: format.describe("the same as in the body") })

/** The body of `POST /odoo/inventory/compare`; its items are read one by one. */
export const compareStockBody = z.object({
  items: looseList(countItem),
  apply: odooFlagSchema.describe("whether differing stock is set to Odoo's counts"),
  format: format.describe("the format of the answer; where it is missing, `csv` for a request that accepts `text/csv` alone, else `json`"),
})

const ADJUSTMENTS = ["absolute", "delta"] as const

const webhookItem = z
  .preprocess(
    (item) => {
      const members = named()(item) as { adjustment_type?: unknown } | null
      return { ...members, adjustment_type: falseToUndefined(members?.adjustment_type) ?? "absolute" }
    },
    identified(
      countMembers.extend({
        adjustment_type: z.enum(ADJUSTMENTS, "must be absolute or delta").default("absolute").describe("`delta` for a change: the pieces that came or, below 0, went"),
      })
    )
  )
  .transform(({ adjustment_type: adjustment, ...item }): StockStatement => ({ ...toCount(item), adjustment }))

/** The body of `POST /odoo/webhooks/inventory` (contract 6); its items are read one by one. */
export const inventoryWebhookBody = z.preprocess(
  renamed({ event: "event_type" }),
  z.object({
    event_type: z.enum(INVENTORY_EVENTS, { error: `must be one of ${INVENTORY_EVENTS.join(", ")}` }),
    items: looseList(webhookItem),
  })
)

/** A text that every schema accepts without change: short ASCII without outer blanks. */
const PLAIN_TEXT = /^[!-~](?:[ -~]{0,253}[!-~])?$/

const isPlainText = (value: unknown): value is string => typeof value === "string" && PLAIN_TEXT.test(value)

/** An id of Medusa's. A text that begins with a digit may be an id in Odoo. */
const isPlainId = (value: unknown): value is string => isPlainText(value) && !/^\d/.test(value)

const PLAIN_MEMBERS = new Set(["sku", "quantity", "location_id"])

/**
 * Reads a count in its plain form without a schema, because nearly all counts of a catalogue have that form: for 10,000 counts the
 * schema takes as long as all other work of a push outside of the database.
 * @returns undefined for any other form, which the schema has to read
 */
export function readPlainCount(item: unknown): StockStatement | undefined {
  if (typeof item !== "object" || item === null || !Object.keys(item).every((member) => PLAIN_MEMBERS.has(member))) {
    return undefined
  }
  const { sku, quantity, location_id: locationId } = item as Partial<Record<"sku" | "quantity" | "location_id", unknown>>
  const isCount = typeof quantity === "number" && Number.isInteger(quantity) && quantity >= 0 && quantity <= MAX_QUANTITY
  return isPlainText(sku) && isCount && (locationId === undefined || isPlainId(locationId))
    ? { sku, quantity, adjustment: "absolute", locationId }
    : undefined
}

/**
 * Reads an item of a list with its schema.
 * @returns why it can not be read, where that is so
 */
export function readItem<T>(schema: z.ZodType<T>, item: unknown): T | Unreadable {
  const result = schema.safeParse(item)
  if (result.success) {
    return result.data
  }
  const issues = toWireIssues(result.error)
  const issue = issues.find(({ path }) => path === "sku") ?? issues[0]
  const path = issue?.path ? `${issue.path}: ` : ""
  return { sku: skuIn(item), unreadable: `${path}${issue?.message ?? "is not an item"}` }
}

const readItems = (schema: z.ZodType<StockStatement>, given: readonly unknown[]) => given.map((item) => readItem(schema, item))

const readCounts = (schema: z.ZodType<StockStatement>, given: readonly unknown[]) =>
  given.map((item) => readPlainCount(item) ?? readItem(schema, item))

/** Reads the items of a bulk update, each by itself. */
export const readBulkUpdateItems = (given: readonly unknown[]) => readCounts(countItem, given)

/** Reads the items of `POST /odoo/inventory`, each by itself. */
export const readSyncItems = (given: readonly unknown[]) => readCounts(syncItem, given)

/** Reads the updates of `POST /admin/inventory/batch-update`, each by itself. */
export const readBatchUpdates = (given: readonly unknown[]) => readItems(batchUpdateItem, given)

/** Reads the counts of a comparison, each by itself. */
export const readCompareItems = (given: readonly unknown[]) => readItems(countItem, given)

/** Reads the items of an inventory webhook, each by itself. */
export const readWebhookItems = (given: readonly unknown[]) => readItems(webhookItem, given)
