import { z } from "zod"

import { looseList, odooFlagSchema, renamed } from "../normalise"
import type { BulkProductItem, ProductItem } from "../product-statement"
import { toWireIssues } from "../validate"
import type { WeightUnit } from "./product-fields"
import { ALIASES, fields, toStatement, withName, type Fields } from "./product-members"

/** Unwraps a product, which may stand under `product` or be the body itself (contract 1, "Tolerance"). */
function unwrapped(body: unknown): unknown {
  if (typeof body === "object" && body !== null && "product" in body) {
    return typeof body.product === "object" && body.product !== null ? body.product : body
  }
  return body
}

const whole = withName(fields)

const itemIn = (weightUnit: WeightUnit) =>
  z.preprocess(ALIASES, whole).transform((given): ProductItem => toStatement(given, weightUnit))

const productItem = itemIn("g")

/** The body of `POST /odoo/products` (contract 4). */
export const productBody = z.preprocess(unwrapped, productItem)

/** The body of `POST /odoo/products/bulk` (contract 4); its products are read one by one. */
export const bulkProductsBody = z.object({
  products: looseList(productItem),
  atomic: odooFlagSchema.describe("whether a product that can not be applied stops all others"),
  dry_run: odooFlagSchema.describe("whether to write nothing, and answer the possible changes of each item"),
})

/** How many schemas are cached. The products of one client have one or a few sets of members. */
const MAX_SHAPES = 64

const MEMBERS = Object.keys(fields.shape)

/** A schema for each set of members. */
const shapes = new Map<string, z.ZodType<Fields>>()

/**
 * The schema with only the members that a product has, by their names on the wire. Most products have few of the two dozen
 * members, and a missing member takes as long to check as a present one.
 */
function schemaFor(named: unknown): z.ZodType<Fields> {
  if (typeof named !== "object" || named === null || Array.isArray(named)) {
    return whole
  }
  const record = named as Record<string, unknown>
  const present = MEMBERS.filter((name) => (record[name] ?? undefined) !== undefined)
  const key = present.join()
  const known = shapes.get(key)
  if (known !== undefined || shapes.size >= MAX_SHAPES) {
    return known ?? whole
  }
  const cut = withName(fields.pick(Object.fromEntries(present.map((name) => [name, true])) as { sku: true }))
  shapes.set(key, cut)
  return cut
}

/** Reads the products of a bulk push, each by itself. */
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
const PRODUCT_EVENTS = ["product.created", "product.updated", "product.deleted"] as const

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
    product: itemIn("kg"),
  })
)

/** Reads the product of a webhook, and whether it leaves or returns to the shop. */
export const readProductWebhook = ({ event_type: event, product }: z.output<typeof productWebhookBody>): ProductItem =>
  event === "product.deleted" ? { ...product, lifecycle: "archive" } : product
