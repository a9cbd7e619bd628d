import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WireError } from "../../wire/errors"
import { toAmount } from "../../wire/money"

/** A line of an order, and what of the stock one piece of it takes. */
export type OrderLine = {
  id: string
  sku: string
  ordered: number
  /** what Medusa's own fulfilments have taken from the stock */
  fulfilled: number
  parts: { itemId: string; perPiece: number }[]
}

type LineSource = {
  id: string
  variant_sku: string | null
  quantity: unknown
  detail?: { fulfilled_quantity: unknown } | null
  variant?: {
    sku: string | null
    manage_inventory: boolean
    inventory_items?: ({ inventory_item_id: string; required_quantity: number } | null)[] | null
  } | null
}

/** What reducing can not be about: nothing of them is to leave the stock. */
const CLOSED = ["canceled", "draft"]

/**
 * Reads an order's lines for a reduction.
 * @throws WireError `NOT_FOUND`; `CONFLICT` for an order that is canceled or a draft
 */
export async function readOrderLines(container: MedusaContainer, orderId: string): Promise<OrderLine[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: [
      "id",
      "status",
      // the quantity is the order's, not the item's: it is there only when both are read whole
      "items.*",
      "items.detail.*",
      "items.variant.sku",
      "items.variant.manage_inventory",
      "items.variant.inventory_items.inventory_item_id",
      "items.variant.inventory_items.required_quantity",
    ],
    filters: { id: orderId },
  })
  const [order] = data as { status: string; items?: LineSource[] | null }[]
  if (order === undefined) {
    throw new WireError("NOT_FOUND", "There is no such order.")
  }
  if (CLOSED.includes(order.status)) {
    throw new WireError("CONFLICT", `The order is ${order.status}: nothing of it leaves the stock.`)
  }
  return (order.items ?? []).map(({ id, variant, ...line }) => ({
    id,
    sku: line.variant_sku ?? variant?.sku ?? "",
    ordered: toAmount(line.quantity).toNumber(),
    fulfilled: toAmount(line.detail?.fulfilled_quantity).toNumber(),
    parts: variant?.manage_inventory
      ? (variant.inventory_items ?? []).flatMap((item) =>
          item === null ? [] : { itemId: item.inventory_item_id, perPiece: item.required_quantity }
        )
      : [],
  }))
}
