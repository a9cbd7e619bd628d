import { addQuantities, readCount } from "../../wire/counts"
import { itemOf, type FoundItems } from "./find-items"
import type { WithLocation, Unresolved } from "./statements"

/** SKUs that can not be read any better are compared as people read them. */
const readable = (sku: string) => sku.trim().toLowerCase()

/** The sum of a stock of which a part can not be read. */
const unknownSum = ({ statement: { sku }, locationId }: WithLocation): Unresolved => ({
  why: "unreadable",
  said: null,
  locationId,
  outcome: {
    sku,
    status: "failed",
    location_id: null,
    previous_quantity: null,
    new_quantity: null,
    code: "VALIDATION_ERROR",
    message: "quantity: is unknown, because another line of this SKU can not be read",
  },
})

/**
 * Adds up the parts of each stock, such as Odoo's quants: the counts of one item at one location of the shop, whatever
 * shelf or lot of Odoo's they name. They are added as they were stated, before a fraction is rounded and less than none
 * is taken for none. Where a line of a SKU can not be read, no sum of that SKU is taken.
 * @param fractional whether the shop counts parts of a piece (the option `fractionalQuantities`)
 * @returns one count for each stock, at the place of its first part; what has no place is left as it is
 */
export function addUpParts(entries: readonly (WithLocation | Unresolved)[], found: FoundItems, fractional: boolean): (WithLocation | Unresolved)[] {
  const spoiled = new Set(entries.flatMap((entry) => ("why" in entry && entry.why === "unreadable" ? readable(entry.outcome.sku) : [])))
  const stocks = new Map<string, WithLocation[]>()
  const order = entries.flatMap((entry) => {
    if ("why" in entry) {
      return entry
    }
    const { statement, locationId } = entry
    const key = JSON.stringify([itemOf(found, statement)?.itemId ?? `sku ${statement.sku}`, locationId, statement.quantityIs])
    const parts = stocks.get(key)
    if (parts !== undefined) {
      parts.push(entry)
      return []
    }
    const first = [entry]
    stocks.set(key, first)
    return { first: entry, parts: first }
  })
  return order.map((entry) => {
    if ("why" in entry) {
      return entry
    }
    const { first, parts } = entry
    if (parts.some(({ statement }) => spoiled.has(readable(statement.sku)))) {
      return unknownSum(first)
    }
    const quantity = addQuantities(parts.map(({ statement }) => statement.quantity))
    return { ...first, statement: { ...first.statement, quantity }, reading: readCount(quantity, fractional) }
  })
}
