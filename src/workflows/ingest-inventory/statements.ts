import type { CountReading } from "../../wire/counts"
import type { StockOutcome } from "../../wire/inventory-answers"
import type { QuantityIs, StockStatement } from "../../wire/schemas/inventory"

/** An item without a stock to apply it to. */
export type Unresolved = {
  why: "unreadable" | "unknown_location" | "unknown_sku"
  /** the stated quantity and its kind; null where it can not be read */
  said: { quantity: number; quantityIs: QuantityIs } | null
  /** the location, where one is found */
  locationId: string | null
  /** the outcome in the answer to a push */
  outcome: StockOutcome
}

/** An item whose location is known. */
export type WithLocation = {
  statement: StockStatement & { quantityIs: QuantityIs }
  /** the quantity as the shop counts it */
  reading: CountReading
  locationId: string
}
