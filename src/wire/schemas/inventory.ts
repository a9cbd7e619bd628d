import { z } from "@medusajs/framework/zod"

import { deltaSchema, falseToUndefined, lineSchema, looseList, MAX_QUANTITY, odooFlagSchema, odooNameSchema, odooOptional, quantitySchema, renamed, skuSchema, timeSchema } from "../normalise"
import { toWireIssues } from "../validate"

/**
 * What a count is of. `on_hand` is what lies on the shelf, sold or not (Odoo's `qty_available`); `available` is what of
 * it is not sold yet (Odoo's `free_qty`).
 */
export const QUANTITY_IS = ["on_hand", "available"] as const

export type QuantityIs = (typeof QUANTITY_IS)[number]

/** One statement about a stock: this many are there (`absolute`), or this many came or went (`delta`). */
export type StockStatement = {
  sku: string
  quantity: number
  adjustment: "absolute" | "delta"
  /** what a count is of; left out for what the options say */
  quantityIs?: QuantityIs | undefined
  locationId?: string | undefined
  locationName?: string | undefined
  /** of what time it is; milliseconds since 1970 */
  statedAt?: number | undefined
  /** what the product is called, for a SKU that the shop does not know */
  title?: string | undefined
}

/** An item of a push: what it says, or, so that the others need not fail with it, why it can not be read. */
export type StockItem = StockStatement | { sku: string; unreadable: string }

const itemAliases = renamed({ default_code: "sku" })

const locationId = odooOptional(lineSchema)

/** The SKU of something that may not even be an object; empty where there is none. */
function skuIn(item: unknown): string {
  const named = itemAliases(item)
  const sku = typeof named === "object" && named !== null && "sku" in named ? named.sku : undefined
  return typeof sku === "string" || typeof sku === "number" ? String(sku).slice(0, 255) : ""
}

const updatedAt = odooOptional(timeSchema("start").transform((time) => time.getTime())).describe(
  "of what time the statement is; one that is older than what was applied last is skipped"
)

const quantityIs = odooOptional(z.enum(QUANTITY_IS, "must be on_hand or available")).describe(
  "what a count is of: `on_hand`, what lies on the shelf, or `available`, what of it is not sold yet; the option `quantityIs` where it is left out"
)

const countMembers = z.object({
  sku: skuSchema,
  quantity: quantitySchema,
  quantity_is: quantityIs,
  location_id: locationId,
  updated_at: updatedAt,
})

const toCount = (item: z.output<typeof countMembers>): StockStatement => ({
  sku: item.sku,
  quantity: item.quantity,
  adjustment: "absolute",
  quantityIs: item.quantity_is,
  locationId: item.location_id,
  statedAt: item.updated_at,
})

const countItem = z.preprocess(itemAliases, countMembers).transform(toCount)

/** The body of `POST /odoo/inventory/update` (contract 5). */
export const updateStockBody = countItem

/** The body of `POST /odoo/inventory/bulk-update` (contract 5); its items are read one by one. */
export const bulkUpdateBody = z.object({ items: looseList(countItem) })

const syncItem = z
  .preprocess(
    renamed({ default_code: "sku", name: "title" }),
    countMembers.extend({ title: odooOptional(lineSchema).describe("what a SKU is called that the shop does not know yet") })
  )
  .transform(({ title, ...item }): StockStatement => ({ ...toCount(item), title }))

/** The body of `POST /odoo/inventory` (contract 5); its items are read one by one. */
export const syncStockBody = z.object({ items: looseList(syncItem) })

const batchUpdateItem = z
  .preprocess(
    renamed({ default_code: "sku", quantity: "stocked_quantity" }),
    countMembers.omit({ quantity: true }).extend({ stocked_quantity: quantitySchema })
  )
  .transform(({ stocked_quantity: quantity, ...item }) => toCount({ ...item, quantity }))

/** The body of `POST /admin/inventory/batch-update` (contract 5); its updates are read one by one. */
export const batchUpdateBody = z.object({ updates: looseList(batchUpdateItem) })

/** The inventory events that Odoo sends (contract 6). */
export const INVENTORY_EVENTS = ["inventory.updated", "inventory.adjustment", "stock.received", "stock.transfer"] as const

/** Odoo's own fields that are counts, and what they are counts of. */
const ODOO_COUNTS: Readonly<Record<string, QuantityIs>> = { qty_available: "on_hand", free_qty: "available" }

/** Reads what Odoo itself calls a count, where none is there by the wire's name. */
function withOdooCount(item: unknown): unknown {
  const named = itemAliases(item)
  if (typeof named !== "object" || named === null || Array.isArray(named)) {
    return named
  }
  const members: Record<string, unknown> = { ...named }
  const name = Object.keys(ODOO_COUNTS).find((field) => falseToUndefined(members[field]) !== undefined)
  return falseToUndefined(members.quantity) !== undefined || name === undefined
    ? members
    : { ...members, quantity: members[name], quantity_is: ODOO_COUNTS[name] }
}

const compareItem = z
  .preprocess(
    withOdooCount,
    countMembers.extend({
      quantity: quantitySchema.describe("what Odoo counts; Odoo's own `qty_available` (on hand) and `free_qty` (available) are read in its place"),
      warehouse_name: odooOptional(odooNameSchema).describe("the name of a stock location, where `location_id` is left out"),
      updated_at: odooOptional(timeSchema("start").transform((time) => time.getTime())).describe(
        "of what time the count is: it tells a count that is outdated from one that differs"
      ),
    })
  )
  .transform(({ warehouse_name: locationName, ...item }): StockStatement => ({ ...toCount(item), locationName }))

/** In which form differences are answered. */
export const REPORT_FORMATS = ["json", "csv"] as const

const format = odooOptional(z.enum(REPORT_FORMATS, "must be json or csv"))

/** The query of `POST /odoo/inventory/compare`. */
export const compareStockQuery = z.object({ format: format.describe("the same as in the body") })

/** The body of `POST /odoo/inventory/compare`; its items are read one by one. */
export const compareStockBody = z.object({
  items: looseList(compareItem),
  apply: odooFlagSchema.describe("whether what differs is set to what Odoo counts"),
  format: format.describe("the form of the answer; where it is left out, `csv` for whoever accepts `text/csv` alone, else `json`"),
})

const webhookItemCommon = z.object({
  sku: skuSchema,
  location_id: locationId,
  warehouse_name: odooOptional(odooNameSchema),
  updated_at: updatedAt,
  quantity_is: quantityIs,
})

const webhookItem = z
  .preprocess(
    (item) => {
      const named = itemAliases(item) as { adjustment_type?: unknown } | null
      return { ...named, adjustment_type: falseToUndefined(named?.adjustment_type) ?? "absolute" }
    },
    z.discriminatedUnion(
      "adjustment_type",
      [
        webhookItemCommon.extend({ adjustment_type: z.literal("absolute").default("absolute"), quantity: quantitySchema }),
        webhookItemCommon.extend({ adjustment_type: z.literal("delta"), quantity: deltaSchema }),
      ],
      "must be absolute or delta"
    )
  )
  .transform(
    (item): StockStatement => ({
      sku: item.sku,
      quantity: item.quantity,
      adjustment: item.adjustment_type,
      quantityIs: item.quantity_is,
      locationId: item.location_id,
      locationName: item.warehouse_name,
      statedAt: item.updated_at,
    })
  )

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
  return isPlainText(sku) && isCount && (locationId === undefined || isPlainText(locationId))
    ? { sku, quantity, adjustment: "absolute", locationId }
    : undefined
}

function readItem(schema: z.ZodType<StockStatement>, item: unknown): StockItem {
  const result = schema.safeParse(item)
  if (result.success) {
    return result.data
  }
  const [issue] = toWireIssues(result.error)
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
export const readCompareItems = (given: readonly unknown[]) => readItems(compareItem, given)

/** Reads the items of an inventory webhook; one that can not be read does not spoil the rest. */
export const readWebhookItems = (given: readonly unknown[]) => readItems(webhookItem, given)
