import { toAmount } from "./money"
import type { AmountSource } from "./order-sums"

/** What a fulfilment holds; a variant that is made of several stock items has one entry for each of them. */
export type FulfilmentItemSource = {
  line_item_id?: string | null
  inventory_item_id?: string | null
  quantity: AmountSource
}

/** An order's line, as far as its stock items are concerned. */
export type StockedLine = {
  id: string
  variant?: {
    inventory_items?: ({ inventory_item_id: string; required_quantity: number } | null)[] | null
  } | null
}

/**
 * How many of each order line a fulfilment holds. Medusa counts in stock items, so a line of two sets of three
 * pieces stands there as six.
 * @returns quantities by line item id
 */
export function fulfilmentLines(
  items: readonly FulfilmentItemSource[],
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
