import { toAmount } from "./money"
import type { AmountSource } from "./rounded-amounts"

/** An entry of a fulfillment. A variant of several stock items has one entry for each of them. */
export type FulfillmentItemSource = {
  line_item_id?: string | null
  inventory_item_id?: string | null
  quantity: AmountSource
}

/** An order line with the stock items of its variant. */
export type StockedLine = {
  id: string
  variant?: {
    inventory_items?: ({ inventory_item_id: string; required_quantity: number; inventory?: { sku?: string | null } | null } | null)[] | null
  } | null
}

/**
 * How many pieces of each order line a fulfillment holds. Medusa counts in stock items: two sets of three pieces count as six.
 * @returns quantities by line item id
 */
export function fulfillmentLines(
  items: readonly FulfillmentItemSource[],
  lines: readonly StockedLine[]
): Map<string, number> {
  const quantities = new Map<string, number>()
  for (const item of items) {
    if (item.line_item_id && !quantities.has(item.line_item_id)) {
      const parts = lines.find((line) => line.id === item.line_item_id)?.variant?.inventory_items ?? []
      const part = parts.find((candidate) => candidate?.inventory_item_id === item.inventory_item_id)
      quantities.set(item.line_item_id, toAmount(item.quantity).dividedBy(part?.required_quantity ?? 1).toNumber())
    }
  }
  return quantities
}
