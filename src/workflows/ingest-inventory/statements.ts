import type { CountReading } from "../../wire/counts"
import type { StockOutcome } from "../../wire/inventory-answers"
import type { QuantityIs, StockStatement } from "../../wire/schemas/inventory"

/** An item that is about no stock of the shop. */
export type Unresolved = {
  why: "unreadable" | "unknown_location" | "unknown_sku"
  /** how many it says, and of what; null where that can not be read */
  said: { quantity: number; quantityIs: QuantityIs } | null
  /** the location that it names, where there is one */
  locationId: string | null
  /** what a push answers */
  outcome: StockOutcome
}

/** An item whose location is known. */
export type WithLocation = {
  statement: StockStatement & { quantityIs: QuantityIs }
  /** what its quantity means for the shop */
  reading: CountReading
  locationId: string
}
