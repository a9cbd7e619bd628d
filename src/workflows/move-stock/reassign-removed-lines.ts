import type { Movement } from "../../modules/odoo/stock-types"
import { minusQuantity, plusQuantity } from "../../wire/counts"
import { goodsOf, takenOf, type OrderLine } from "./stock-ledger"

/** A key for the stock items of a line. */
const recipe = (parts: Iterable<readonly [itemId: string, perPiece: number]>) =>
  [...new Set([...parts].map(([itemId, perPiece]) => `${itemId} ${String(perPiece)}`))].sort().join()

/** Adds up the entries of the same line, item, location and way. Sums of 0 are left out. */
function sumEntries(movements: readonly Movement[]): Movement[] {
  const sums = new Map<string, Movement>()
  for (const entry of movements) {
    const key = JSON.stringify([entry.line_item_id, entry.inventory_item_id, entry.location_id, entry.per_piece, entry.via])
    sums.set(key, { ...entry, quantity: plusQuantity(entry.quantity, sums.get(key)?.quantity ?? 0) })
  }
  return [...sums.values()].filter(({ quantity }) => quantity !== 0)
}

/**
 * Reassigns the entries of lines that were removed from the order to present lines of the same goods: an edit that replaces
 * a line by a new one does not bring its goods back. Of several such lines, the one with the most open pieces gets the
 * entries. Entries without such a line stay as they are, and no reader uses them.
 */
export function reassignRemovedLines(movements: readonly Movement[], lines: readonly OrderLine[]): Movement[] {
  let reassigned = [...movements]
  const removed = new Set(movements.map((entry) => entry.line_item_id).filter((id) => !lines.some((line) => line.id === id)))
  for (const removedId of removed) {
    const made = recipe(reassigned.flatMap((entry) => (entry.line_item_id === removedId ? [[entry.inventory_item_id, entry.per_piece] as const] : [])))
    const goods = goodsOf(lines).find(([line]) => line !== undefined && recipe(line.parts.map((part) => [part.itemId, part.perPiece])) === made)
    const openOf = (line: OrderLine) => minusQuantity(minusQuantity(line.ordered, line.fulfilled), takenOf(line, reassigned))
    const [successor] = [...(goods ?? [])].sort((one, other) => openOf(other) - openOf(one))
    if (successor !== undefined) {
      reassigned = reassigned.map((entry) => (entry.line_item_id === removedId ? { ...entry, line_item_id: successor.id } : entry))
    }
  }
  return sumEntries(reassigned)
}
