import { addQuantities, readCount } from "../../wire/counts"
import { itemOf, type FoundItems } from "./find-items"
import type { WithLocation, Unresolved } from "./statements"

/** SKUs are compared without outer blanks and in any case: an item that can not be read has its SKU as it was sent. */
const readable = (sku: string) => sku.trim().toLowerCase()

/** The outcome of a stock of which a part can not be read. */
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
 * Adds up the parts of each stock, such as Odoo's quants: the counts of one item at one location of the shop, whatever shelf or
 * lot they name. The stated quantities are added, and the sum is rounded. Where a part of a SKU can not be read, no count of that
 * SKU is applied.
 * @param fractional whether the shop counts parts of a piece (the option `fractionalQuantities`)
 * @returns one count for each stock, in the place of its first part; entries without a location stay as they are
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
