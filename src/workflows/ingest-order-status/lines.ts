import { minusQuantity, plusQuantity } from "../../wire/counts"
import { invalidInput, WireError } from "../../wire/errors"
import { toAmount } from "../../wire/money"
import type { ShippedItem } from "../../wire/schemas/order-webhooks"
import { linesOfSku } from "../change-order/lines-of-sku"
import type { OrderLine } from "./load-order"

/** How many pieces of each line, by line item id. */
export type Quantities = Map<string, number>

/** The pieces of each line that no fulfillment holds yet. */
export function unfulfilled(lines: readonly OrderLine[]): Quantities {
  const open = lines.map((line): [string, number] => [
    line.id,
    toAmount(line.quantity).minus(toAmount(line.detail.fulfilled_quantity)).toNumber(),
  ])
  return new Map(open.filter(([, quantity]) => quantity > 0))
}

/** The lines that an item names, by id or by SKU. */
export function linesOf(item: ShippedItem, lines: readonly OrderLine[]): OrderLine[] {
  const { sku, lineItemId } = item
  if (sku === undefined) {
    return lines.filter((line) => line.id === lineItemId)
  }
  return linesOfSku(lines, sku, (line) => ({ sold: line.variant_sku, present: line.variant?.sku ?? null }))
}

/**
 * Assigns the items of a part of an order to lines. A SKU on several lines takes from one line after the other.
 * @param rooms how many pieces of each line are available, in the order of preference: the pieces that a repeat has shipped
 *   before come first
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
        asked.set(id, plusQuantity(asked.get(id) ?? 0, quantity))
        rest = minusQuantity(rest, quantity)
      }
    }
    for (const room of left) {
      for (const line of candidates) {
        const taken = Math.min(rest, room.get(line.id) ?? 0)
        room.set(line.id, minusQuantity(room.get(line.id) ?? 0, taken))
        ask(line, taken)
      }
    }
    // pieces beyond all rooms are asked of the last line, so that they are refused and not lost
    ask(last, rest)
  })
  return asked
}

/** `quantities` less `others`; lines with nothing left are left out. */
export function minus(quantities: Quantities, others: Quantities): Quantities {
  const rest = [...quantities].map(([id, quantity]): [string, number] => [id, minusQuantity(quantity, others.get(id) ?? 0)])
  return new Map(rest.filter(([, quantity]) => quantity > 0))
}

/** `quantities`, each limited to the pieces in `room`. */
export function within(quantities: Quantities, room: Quantities): Quantities {
  const fitting = [...quantities].map(([id, quantity]): [string, number] => [id, Math.min(quantity, room.get(id) ?? 0)])
  return new Map(fitting.filter(([, quantity]) => quantity > 0))
}

/** Whether `part` holds nothing that is not in `whole`. */
export const isPartOf = (part: Quantities, whole: Quantities) => minus(part, whole).size === 0

/** The sum of `quantities` and `others`. */
export function plus(quantities: Quantities, others: Quantities): Quantities {
  const ids = new Set([...quantities.keys(), ...others.keys()])
  return new Map([...ids].map((id) => [id, plusQuantity(quantities.get(id) ?? 0, others.get(id) ?? 0)]))
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
