import { invalidInput, WireError } from "../../wire/errors"
import { toAmount } from "../../wire/money"
import type { ShippedItem } from "../../wire/schemas/order-webhooks"
import { linesOfSku } from "../change-order/lines-of-sku"
import type { OrderLine } from "./order-state"

/** How many of which line; line item ids are the keys. */
export type Quantities = Map<string, number>

/** What no fulfilment holds yet. */
export function unfulfilled(lines: readonly OrderLine[]): Quantities {
  const open = lines.map((line): [string, number] => [
    line.id,
    toAmount(line.quantity).minus(toAmount(line.detail.fulfilled_quantity)).toNumber(),
  ])
  return new Map(open.filter(([, quantity]) => quantity > 0))
}

/** The lines that an item means, by id or by SKU. */
function linesOf(item: ShippedItem, lines: readonly OrderLine[]): OrderLine[] {
  const { sku, lineItemId } = item
  if (sku === undefined) {
    return lines.filter((line) => line.id === lineItemId)
  }
  return linesOfSku(lines, sku, (line) => ({ sold: line.variant_sku, present: line.variant?.sku ?? null }))
}

/**
 * Finds the lines of a part of an order. A SKU that stands on several lines takes from them one after the other.
 * @param rooms how much of each line there is to take from, one after the other: what a repeat has shipped before comes
 *   first, wherever it is
 * @throws WireError `VALIDATION_ERROR` for an item that the order does not have
 */
export function linesOfPart(items: readonly ShippedItem[], lines: readonly OrderLine[], ...rooms: readonly Quantities[]): Quantities {
  const asked: Quantities = new Map()
  const left = rooms.map((room) => new Map(room))
  items.forEach((item, index) => {
    const candidates = linesOf(item, lines)
    const last = candidates.at(-1)
    if (last === undefined) {
      throw invalidInput(`order.items[${String(index)}]`, `the order has no line ${item.sku ?? String(item.lineItemId)}`)
    }
    let rest = item.quantity
    const ask = ({ id }: OrderLine, quantity: number) => {
      if (quantity > 0) {
        asked.set(id, (asked.get(id) ?? 0) + quantity)
        rest -= quantity
      }
    }
    for (const room of left) {
      for (const line of candidates) {
        const taken = Math.min(rest, room.get(line.id) ?? 0)
        room.set(line.id, (room.get(line.id) ?? 0) - taken)
        ask(line, taken)
      }
    }
    // what is too much shows on the last one
    ask(last, rest)
  })
  return asked
}

/** What is left of `quantities` after `others` were taken away. */
export function minus(quantities: Quantities, others: Quantities): Quantities {
  const rest = [...quantities].map(([id, quantity]): [string, number] => [id, quantity - (others.get(id) ?? 0)])
  return new Map(rest.filter(([, quantity]) => quantity > 0))
}

/** Whether `part` holds nothing that is not in `whole`. */
export const isPartOf = (part: Quantities, whole: Quantities) => minus(part, whole).size === 0

/** Both together. */
export function plus(quantities: Quantities, others: Quantities): Quantities {
  const ids = new Set([...quantities.keys(), ...others.keys()])
  return new Map([...ids].map((id) => [id, (quantities.get(id) ?? 0) + (others.get(id) ?? 0)]))
}

/** The refusal of a part that is larger than what can still be shipped. */
export function tooMuch(asked: Quantities, open: Quantities, lines: readonly OrderLine[]): WireError {
  const items = [...minus(asked, open).keys()].map((id) => ({
    line_item_id: id,
    sku: lines.find((line) => line.id === id)?.variant_sku ?? "",
    asked: asked.get(id) ?? 0,
    left: open.get(id) ?? 0,
  }))
  const said = items.map((item) => `${item.sku || item.line_item_id}: ${String(item.asked)} asked, ${String(item.left)} left`)
  return new WireError("CONFLICT", `There is not as much left to ship (${said.join("; ")}).`, { items })
}
