import { addQuantities, minusQuantity } from "../../wire/counts"
import { invalidInput } from "../../wire/errors"
import { hasPartsOfOtherNames, leftOfKit, readKits, type Kit } from "../../wire/kits"
import { toAmount } from "../../wire/money"
import type { FailedItem } from "../../wire/order-status-event"
import type { ShippedItem } from "../../wire/schemas/order-webhooks"
import type { Unreadable } from "../../wire/schemas/inventory"
import { linesOf, type Quantities } from "./lines"
import type { OrderLine, LoadedOrder } from "./load-order"

/** The lines of a kit, and the parts by which a shipment can name it. */
type KitLines = Kit & { lines: OrderLine[] }

const orderedOf = (line: OrderLine) => toAmount(line.quantity).toNumber()

/** The kits of an order: variants whose stock items have other SKUs than the variant. */
function kitsOf(lines: readonly OrderLine[], shipped: Quantities): KitLines[] {
  const kits = new Map<string, KitLines>()
  for (const line of lines) {
    const parts = (line.variant?.inventory_items ?? []).flatMap((part) =>
      part === null ? [] : { sku: part.inventory?.sku ?? null, perPiece: part.required_quantity }
    )
    if (hasPartsOfOtherNames([line.variant_sku, line.variant?.sku], parts)) {
      const sku = line.variant_sku ?? ""
      const key = JSON.stringify([sku || line.id, parts])
      const before = kits.get(key) ?? { sku, parts, ordered: 0, open: 0, lines: [] }
      const open = Math.max(0, minusQuantity(orderedOf(line), shipped.get(line.id) ?? 0))
      kits.set(key, {
        ...before,
        ordered: addQuantities([before.ordered, orderedOf(line)]),
        open: addQuantities([before.open, open]),
        lines: [...before.lines, line],
      })
    }
  }
  return [...kits.values()]
}

/**
 * Reads the items of a part as items of the order's own lines. Items that name parts of a kit become as many kits as the parts
 * make.
 * @param shipped how many pieces of each line have been shipped
 * @returns `failed`: the items that could not be read, are not in the order, or are left over of a kit
 * @throws WireError `VALIDATION_ERROR` where no item could be read
 */
export function readPart(order: LoadedOrder, given: readonly (ShippedItem | Unreadable)[], shipped: Quantities) {
  const failed: FailedItem[] = []
  const lines = given.map((item) => ("unreadable" in item ? [] : linesOf(item, order.items)))
  const openOf = (line: OrderLine) => Math.max(0, minusQuantity(orderedOf(line), shipped.get(line.id) ?? 0))
  const bySku = given.flatMap((item, index) =>
    "unreadable" in item || item.sku === undefined
      ? []
      : { index, item, sku: item.sku, quantity: item.quantity, open: lines[index]?.length ? addQuantities(lines[index].map(openOf)) : null }
  )
  const kits = kitsOf(order.items, shipped)
  const { pieces, direct, left } = readKits(bySku, kits)
  const items: ShippedItem[] = []
  const positionOf = new Map(bySku.map(({ index }, position) => [index, position]))
  given.forEach((item, index) => {
    const sku = "unreadable" in item ? item.sku : (item.sku ?? item.lineItemId ?? "")
    const position = positionOf.get(index)
    const quantity = "unreadable" in item ? 0 : position === undefined ? item.quantity : (direct.get(position) ?? 0)
    const rest = position === undefined ? undefined : left.get(position)
    if ("unreadable" in item) {
      failed.push({ index, sku, error: item.unreadable })
    } else if (quantity > 0 && lines[index]?.length === 0) {
      failed.push({ index, sku, error: `the order has no line ${sku}` })
    } else if (quantity > 0) {
      items.push({ ...item, quantity })
    }
    if (rest !== undefined) {
      failed.push({ index, sku, error: leftOfKit(sku, rest.quantity, kits[rest.kit]) })
    }
  })
  for (const [kit, quantity] of pieces) {
    const { sku, lines: own } = kits[kit] ?? { sku: "", lines: [] }
    items.push({ sku: sku === "" ? undefined : sku, lineItemId: sku === "" ? own[0]?.id : undefined, quantity })
  }
  const [first] = failed
  if (items.length === 0 && first !== undefined) {
    throw invalidInput(`order.items[${String(first.index)}]`, first.error, { failed })
  }
  return { items, failed }
}
