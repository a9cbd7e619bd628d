import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WireError } from "../../wire/errors"
import { toAmount } from "../../wire/money"
import { standingOf, type Standing } from "../change-order/standing"
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
  "created_at",
  "status",
  "is_draft_order",
  "canceled_at",
  // the quantity is the order's, not the item's: it is there only when both are read whole
  "items.*",
  "items.detail.*",
  "items.variant.sku",
  "items.variant.manage_inventory",
  "items.variant.allow_backorder",
  "items.variant.inventory_items.inventory_item_id",
  "items.variant.inventory_items.required_quantity",
]

/** What of an order its stock depends on. */
export type OrderGoods = {
  status: string
  /** when it was placed; milliseconds since 1970 */
  placedAt: number
  /** whether nothing more of it is to leave the stock: it is canceled, or a draft */
  isClosed: boolean
  lines: OrderLine[]
}

/**
 * Reads of an order what its stock depends on.
 * @throws WireError `NOT_FOUND`
 */
export async function readOrderGoods(container: MedusaContainer, orderId: string): Promise<OrderGoods> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "order", fields: FIELDS, filters: { id: orderId } })
  const [order] = data as (Standing & { created_at: Date | string; items?: LineSource[] | null })[]
  if (order === undefined) {
    throw new WireError("NOT_FOUND", "There is no such order.")
  }
  const lines = (order.items ?? []).map(({ id, variant, ...line }) => ({
    id,
    sku: line.variant_sku ?? variant?.sku ?? "",
    renamedTo: variant?.sku !== line.variant_sku ? (variant?.sku ?? null) : null,
    ordered: toAmount(line.quantity).toNumber(),
    fulfilled: toAmount(line.detail?.fulfilled_quantity).toNumber(),
    allowsBackorder: variant?.allow_backorder ?? false,
    parts: variant?.manage_inventory
      ? (variant.inventory_items ?? []).flatMap((item) =>
          item === null ? [] : { itemId: item.inventory_item_id, perPiece: item.required_quantity }
        )
      : [],
  }))
  return { status: order.status, placedAt: new Date(order.created_at).getTime(), isClosed: standingOf(order) !== "placed", lines }
}
