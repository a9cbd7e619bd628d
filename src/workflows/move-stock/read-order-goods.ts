import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WireError } from "../../wire/errors"
import { toAmount } from "../../wire/money"
import { LINE_FIELDS } from "../change-order/line-fields"
import { lifecycleStateOf, type OrderLifecycle } from "../change-order/order-lifecycle"
import { itemOfLine, type OrderLine } from "./stock-ledger"

type LineSource = {
  id: string
  variant_sku: string | null
  quantity: unknown
  detail?: { fulfilled_quantity: unknown } | null
  variant?: {
    sku: string | null
    manage_inventory: boolean
    allow_backorder: boolean
    inventory_items?: ({ inventory_item_id: string; required_quantity: number; inventory?: { sku: string | null } | null } | null)[] | null
  } | null
}

const FIELDS = [
  "id",
  "created_at",
  "status",
  "is_draft_order",
  "canceled_at",
  ...LINE_FIELDS,
  "fulfillments.created_at",
  "fulfillments.canceled_at",
  "fulfillments.location_id",
  "fulfillments.items.line_item_id",
  "fulfillments.items.inventory_item_id",
]

type FulfillmentSource = {
  created_at: Date | string
  canceled_at: Date | string | null
  location_id: string
  items: { line_item_id: string | null; inventory_item_id: string | null }[]
}

/** The data of an order on which its stock depends. */
export type OrderGoods = {
  status: string
  /** when the order was placed; milliseconds since 1970 */
  placedAt: number
  /** whether nothing of the order may leave the stock any more: it is canceled, or a draft */
  isClosed: boolean
  lines: OrderLine[]
  /** the location from which a fulfillment took the pieces of an item last, by `itemOfLine` */
  leftFrom: ReadonlyMap<string, string>
}

function locationsLeft(fulfillments: readonly FulfillmentSource[]): Map<string, string> {
  const live = fulfillments.filter(({ canceled_at: canceledAt }) => canceledAt === null)
  const inTime = live.sort((one, other) => new Date(one.created_at).getTime() - new Date(other.created_at).getTime())
  return new Map(
    inTime.flatMap(({ location_id: locationId, items }) =>
      items.map((item): [string, string] => [itemOfLine(item.line_item_id ?? "", item.inventory_item_id ?? ""), locationId])
    )
  )
}

/**
 * Reads the data of an order on which its stock depends.
 * @throws WireError `NOT_FOUND`
 */
export async function readOrderGoods(container: MedusaContainer, orderId: string): Promise<OrderGoods> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "order", fields: FIELDS, filters: { id: orderId } })
  const [order] = data as (OrderLifecycle & { created_at: Date | string; items?: LineSource[] | null; fulfillments?: FulfillmentSource[] | null })[]
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
          item === null ? [] : { itemId: item.inventory_item_id, perPiece: item.required_quantity, sku: item.inventory?.sku ?? null }
        )
      : [],
  }))
  return {
    status: order.status,
    placedAt: new Date(order.created_at).getTime(),
    isClosed: lifecycleStateOf(order) !== "placed",
    lines,
    leftFrom: locationsLeft(order.fulfillments ?? []),
  }
}
