import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { BigNumber } from "bignumber.js"

import { withParts, type WholeOrder } from "../../queries/read-orders"
import { toAmount, type Amount } from "../../wire/money"

/** What an exchange or a claim of an order sends. */
export type Replacement = {
  /** Medusa's id of the exchange or claim */
  id: string
  /** such as `exchange 1`, counted within the order */
  title: string
  createdAt: Date | string
  isCanceled: boolean
  /** the pieces of each line of the order, by the line's id */
  quantities: ReadonlyMap<string, Amount>
  /** the ids of the order's shipping methods by which they come, and the returned goods go */
  methodIds: ReadonlySet<string>
}

type Row = {
  id: string
  created_at: Date | string
  canceled_at: Date | string | null
  additional_items?: ({ item_id: string; quantity: unknown } | null)[] | null
  shipping_methods?: ({ id: string } | null)[] | null
}

const KINDS = [
  { kind: "exchange", entity: "order_exchange", marks: [] },
  // Medusa tells by this member what a claim sends from what it is about
  { kind: "claim", entity: "order_claim", marks: ["additional_items.is_additional_item"] },
] as const

const isThere = <T>(value: T | null): value is T => value !== null

function replacementOf(kind: string, row: Row, index: number): Replacement {
  const quantities = new Map<string, Amount>()
  for (const { item_id: itemId, quantity } of (row.additional_items ?? []).filter(isThere)) {
    quantities.set(itemId, (quantities.get(itemId) ?? new BigNumber(0)).plus(toAmount(quantity)))
  }
  return {
    id: row.id,
    title: `${kind} ${String(index + 1)}`,
    createdAt: row.created_at,
    isCanceled: row.canceled_at !== null,
    quantities,
    methodIds: new Set((row.shipping_methods ?? []).filter(isThere).map(({ id }) => id)),
  }
}

const timeOf = ({ created_at: at }: Row) => new Date(at).getTime()

/** Reads the exchanges and claims of an order that send something, the oldest of each kind first. */
export async function readReplacements(container: MedusaContainer, orderId: string): Promise<Replacement[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const read = KINDS.map(async ({ kind, entity, marks }) => {
    const { data } = await query.graph({
      entity,
      fields: ["id", "created_at", "canceled_at", "additional_items.item_id", "additional_items.quantity", ...marks, "shipping_methods.id"],
      filters: { order_id: orderId },
    })
    return data
      .map((row) => row as Row)
      .filter(({ additional_items: items }) => (items ?? []).some(isThere))
      .sort((a, b) => timeOf(a) - timeOf(b))
      .map((row, index) => replacementOf(kind, row, index))
  })
  return (await Promise.all(read)).flat()
}

/** The orders of exchanges and claims, by the ids of these. */
export async function ordersOfReplacements(container: MedusaContainer, ids: readonly string[]): Promise<Map<string, string>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const orders = new Map<string, string>()
  for (const { entity } of ids.length === 0 ? [] : KINDS) {
    const { data } = await query.graph({ entity, fields: ["id", "order_id"], filters: { id: [...ids] } })
    for (const { id, order_id: orderId } of data as { id: string; order_id: string }[]) {
      orders.set(id, orderId)
    }
  }
  return orders
}

type Item = WholeOrder["items"][number]

/** So many pieces of a line, with their share of its discounts. */
function piecesOf(item: Item, quantity: Amount): Item {
  const share = quantity.dividedBy(toAmount(item.quantity))
  return share.isEqualTo(1)
    ? item
    : {
        ...item,
        quantity: quantity.toFixed(),
        adjustments: item.adjustments.map((adjustment) => ({ ...adjustment, amount: toAmount(adjustment.amount).times(share).toFixed() })),
      }
}

/** An order in its parts. */
export type OrderParts = {
  /** what was ordered, with the credits of the whole order */
  ordered: WholeOrder
  /** what each replacement sends, with the id and the time of that one; a canceled one sends nothing */
  sent: { title: string; order: WholeOrder }[]
}

/** Parts an order into what was ordered and what its exchanges and claims send. Each piece and each shipping method is in one part. */
export function partOrder(order: WholeOrder, replacements: readonly Replacement[]): OrderParts {
  if (replacements.length === 0) {
    return { ordered: order, sent: [] }
  }
  const left = new Map(order.items.map(({ id, quantity }) => [id, toAmount(quantity)]))
  const take = (item: Item, wanted: Amount): Item[] => {
    const quantity = BigNumber.min(wanted, left.get(item.id) ?? 0)
    left.set(item.id, (left.get(item.id) ?? new BigNumber(0)).minus(quantity))
    return quantity.isZero() ? [] : [piecesOf(item, quantity)]
  }
  const sent = replacements.map(({ id, title, createdAt, isCanceled, quantities, methodIds }) => {
    const part = withParts(order, {
      items: isCanceled ? [] : order.items.flatMap((item) => take(item, quantities.get(item.id) ?? new BigNumber(0))),
      shipping_methods: order.shipping_methods.filter((method) => methodIds.has(method.id)),
      credits: [],
    })
    return { title, order: { ...part, id, created_at: createdAt, status: isCanceled ? "canceled" : order.status } }
  })
  const ordered = withParts(order, {
    items: order.items.flatMap((item) => take(item, toAmount(item.quantity))),
    shipping_methods: order.shipping_methods.filter(({ id }) => !replacements.some(({ methodIds }) => methodIds.has(id))),
    credits: order.credits,
  })
  return { ordered, sent }
}
