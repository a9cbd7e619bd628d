import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WireError } from "../../wire/errors"
import { toAmount } from "../../wire/money"
import type { OrderLine } from "./books"

type LineSource = {
  id: string
  variant_sku: string | null
  quantity: unknown
  detail?: { fulfilled_quantity: unknown } | null
  variant?: {
    sku: string | null
    manage_inventory: boolean
    allow_backorder: boolean
    inventory_items?: ({ inventory_item_id: string; required_quantity: number } | null)[] | null
  } | null
}

const FIELDS = [
  "id",
  "status",
  // the quantity is the order's, not the item's: it is there only when both are read whole
  "items.*",
  "items.detail.*",
  "items.variant.sku",
  "items.variant.manage_inventory",
  "items.variant.allow_backorder",
  "items.variant.inventory_items.inventory_item_id",
  "items.variant.inventory_items.required_quantity",
]

/**
 * Reads an order's lines, as far as its stock is concerned.
 * @throws WireError `NOT_FOUND`
 */
export async function readOrderLines(container: MedusaContainer, orderId: string): Promise<{ status: string; lines: OrderLine[] }> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "order", fields: FIELDS, filters: { id: orderId } })
  const [order] = data as { status: string; items?: LineSource[] | null }[]
  if (order === undefined) {
    throw new WireError("NOT_FOUND", "There is no such order.")
  }
  const lines = (order.items ?? []).map(({ id, variant, ...line }) => ({
    id,
    sku: line.variant_sku ?? variant?.sku ?? "",
    ordered: toAmount(line.quantity).toNumber(),
    fulfilled: toAmount(line.detail?.fulfilled_quantity).toNumber(),
    allowsBackorder: variant?.allow_backorder ?? false,
    parts: variant?.manage_inventory
      ? (variant.inventory_items ?? []).flatMap((item) =>
          item === null ? [] : { itemId: item.inventory_item_id, perPiece: item.required_quantity }
        )
      : [],
  }))
  return { status: order.status, lines }
}
