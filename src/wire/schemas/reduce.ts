import { z } from "zod"

import { piecesLeftSchema, readPieces } from "../counts"
import { blankOptional, isBlank, lineSchema, looseList, odooOptional, renamed, withoutBlanks } from "../normalise"
import { identified, IDENTITY_ALIASES, identityMembers, readItem, type Unreadable } from "./inventory"

/** An id of an order. A blank text is refused: the sender means an order, and without one a repeat would reduce the stock twice. */
const reference = odooOptional(
  z.preprocess(
    (value) => (typeof value === "number" ? String(value) : value),
    z.string().refine((value) => !isBlank(value), { message: "must not be empty: leave it out for a decrease that belongs to no order", abort: true }).pipe(lineSchema)
  )
)

const reduceItem = z
  .preprocess(
    (item) => renamed(IDENTITY_ALIASES)(withoutBlanks(item)),
    identified(z.object({ ...identityMembers, quantity: piecesLeftSchema }))
  )
  .transform(({ sku, odoo_product_id: odooId, quantity }) => ({ sku: sku ?? "", odooId, quantity }))

/** Pieces that have left the stock. The SKU is empty where only the id in Odoo names the product. */
export type ReduceItem = { sku: string; odooId?: string | undefined; quantity: number }

/** An item of a reduction, or why it can not be read. */
export type ReadReduceItem = ReduceItem | Unreadable

/** The body of `POST /odoo/inventory/reduce` (contract 5). All items belong to one order; each is read by itself. */
export const reduceBody = z.object({
  order_id: reference.describe("Medusa's id or the display id; left out for a decrease that belongs to no order"),
  reason: blankOptional(lineSchema),
  items: looseList(reduceItem),
})

/** The body of `POST /admin/inventory/reduce-stock` with one SKU (contract 5). */
export const reduceOneBody = z.preprocess(
  // a blank `order_id` is kept, so that it is refused
  (item) => renamed(IDENTITY_ALIASES)(withoutBlanks(item, "order_id")),
  identified(z.object({ ...identityMembers, quantity: piecesLeftSchema, order_id: reference, reason: blankOptional(lineSchema) }))
)

/**
 * Reads the items of a reduction, each by itself.
 * @param fractional whether the shop counts parts of a piece (the option `fractionalQuantities`)
 */
export function readReduceItems(given: readonly unknown[], fractional: boolean): ReadReduceItem[] {
  return given.map((each) => {
    const item = readItem(reduceItem, each)
    if ("unreadable" in item) {
      return item
    }
    const reading = readPieces(item.quantity, fractional)
    return "refusal" in reading ? { sku: item.sku, unreadable: `quantity: ${reading.refusal}` } : { ...item, ...reading }
  })
}
