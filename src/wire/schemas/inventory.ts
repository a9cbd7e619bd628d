import { z } from "zod"

import { statedQuantitySchema } from "../counts"
import { falseToUndefined, lineSchema, looseList, MAX_QUANTITY, odooFlagSchema, odooOptional, renamed, skuSchema, withoutBlanks } from "../normalise"
import { odooIdSchema } from "../odoo-id"
import { pastTimeSchema } from "../times"
import { toWireIssues } from "../validate"
import { placeMembers, toPlace, type StockPlace } from "./place"

/**
 * What a count is of. `on_hand` is what lies on the shelf, sold or not (Odoo's `qty_available`); `available` is what of
 * it is not sold yet (Odoo's `free_qty`).
 */
export const QUANTITY_IS = ["on_hand", "available"] as const

export type QuantityIs = (typeof QUANTITY_IS)[number]

/** One statement about a stock: this many are there (`absolute`), or this many came or went (`delta`). */
export type StockStatement = StockPlace & {
  /** empty where only `odooId` says what it is about */
  sku: string
  /** Odoo's id of the product */
  odooId?: string | undefined
  /** as it was stated: it may be below zero or a fraction */
  quantity: number
  adjustment: "absolute" | "delta"
  /** what a count is of; left out for what the options say */
  quantityIs?: QuantityIs | undefined
  /** of what time it is; milliseconds since 1970 */
  statedAt?: number | undefined
  /** what the product is called, for a SKU that the shop does not know */
  title?: string | undefined
}

/** Why an item can not be read, so that the others need not fail with it. */
export type Unreadable = { sku: string; unreadable: string }

/** An item of a push: what it says, or why it can not be read. */
export type StockItem = StockStatement | Unreadable

/** Odoo's own fields that are counts, and what they are counts of; those of products come before those of quants. */
const ODOO_COUNTS: Readonly<Record<string, QuantityIs>> = {
  qty_available: "on_hand",
  free_qty: "available",
  available_quantity: "available",
  inventory_quantity: "on_hand",
}

/** The names under which an item may say what it is about. */
export const IDENTITY_ALIASES = { default_code: "sku", odoo_id: "odoo_product_id", product_id: "odoo_product_id" }

/**
 * Names the members of an item as the wire does. A count is read under Odoo's names where none is there by the wire's; a
 * change is not, because those are never changes.
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

/** The SKU of something that may not even be an object; empty where there is none. */
function skuIn(item: unknown): string {
  const members = renamed(IDENTITY_ALIASES)(item)
  const sku = typeof members === "object" && members !== null && "sku" in members ? members.sku : undefined
  return typeof sku === "string" || typeof sku === "number" ? String(sku).slice(0, 255) : ""
}

/** Odoo's id of a product. Anything that is none says nothing: what the item is about is said by its SKU then. */
const productId = z.preprocess((value) => (odooIdSchema.safeParse(value).success ? value : undefined), odooIdSchema.optional())

/** What an item is about. */
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
  ...placeMembers,
  updated_at: odooOptional(pastTimeSchema().transform((time) => time.getTime())).describe(
    "of what time the statement is; one that is older than what was applied last is skipped"
  ),
})

type Identity = { sku?: string | undefined; odoo_product_id?: string | undefined }

/** Refuses what says neither by its SKU nor by Odoo's id what it is about, also where something else is wrong with it. */
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
  ...toPlace(item),
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
    identified(countMembers.extend({ title: odooOptional(lineSchema).describe("what a SKU is called that the shop does not know yet") }))
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
export const INVENTORY_EVENTS = ["inventory.updated", "inventory.adjustment", "stock.received", "stock.transfer"] as const

/** In which form differences are answered. */
export const REPORT_FORMATS = ["json", "csv"] as const

const format = odooOptional(z.enum(REPORT_FORMATS, "must be json or csv"))

/** The query of `POST /odoo/inventory/compare`. */
export const compareStockQuery = z.object({ format: format.describe("the same as in the body") })

/** The body of `POST /odoo/inventory/compare`; its items are read one by one. */
export const compareStockBody = z.object({
  items: looseList(countItem),
  apply: odooFlagSchema.describe("whether what differs is set to what Odoo counts"),
  format: format.describe("the form of the answer; where it is left out, `csv` for whoever accepts `text/csv` alone, else `json`"),
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
        adjustment_type: z.enum(ADJUSTMENTS, "must be absolute or delta").default("absolute").describe("`delta` for a change: how many came, or, below zero, went"),
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

/** A text that no schema would change or refuse: in ASCII, as short as it may be anywhere, without outer blanks. */
const PLAIN_TEXT = /^[!-~](?:[ -~]{0,253}[!-~])?$/

const isPlainText = (value: unknown): value is string => typeof value === "string" && PLAIN_TEXT.test(value)

/** An id of Medusa's: one that begins with a digit may be Odoo's. */
const isPlainId = (value: unknown): value is string => isPlainText(value) && !/^\d/.test(value)

const PLAIN_MEMBERS = new Set(["sku", "quantity", "location_id"])

/**
 * Reads a count as it is written by the book, which nearly all of a catalogue are: through its schema 10,000 take as
 * long as all the rest of what a push needs outside the database.
 * @returns undefined for any other, which is no judgement of it
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

/** Reads an item of a list by its schema. */
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

/** Reads the items of a bulk update; one that can not be read does not spoil the rest. */
export const readBulkUpdateItems = (given: readonly unknown[]) => readCounts(countItem, given)

/** Reads the items of `POST /odoo/inventory`; one that can not be read does not spoil the rest. */
export const readSyncItems = (given: readonly unknown[]) => readCounts(syncItem, given)

/** Reads the updates of January's batch; one that can not be read does not spoil the rest. */
export const readBatchUpdates = (given: readonly unknown[]) => readItems(batchUpdateItem, given)

/** Reads the counts that the stock is compared with; one that can not be read does not spoil the rest. */
export const readCompareItems = (given: readonly unknown[]) => readItems(countItem, given)

/** Reads the items of an inventory webhook; one that can not be read does not spoil the rest. */
export const readWebhookItems = (given: readonly unknown[]) => readItems(webhookItem, given)
