import type { Movement } from "../../modules/odoo/sql/insert-movements"
import { goodsOf, takenOf, type OrderLine } from "./books"

/** What a line is made of, in one word. */
const recipe = (parts: Iterable<readonly [itemId: string, perPiece: number]>) =>
  [...new Set([...parts].map(([itemId, perPiece]) => `${itemId} ${String(perPiece)}`))].sort().join()

/** Adds up what is of the same line, item, location and way; what comes to nothing is left out. */
function summedUp(movements: readonly Movement[]): Movement[] {
  const sums = new Map<string, Movement>()
  for (const entry of movements) {
    const key = JSON.stringify([entry.line_item_id, entry.inventory_item_id, entry.location_id, entry.per_piece, entry.via])
    sums.set(key, { ...entry, quantity: entry.quantity + (sums.get(key)?.quantity ?? 0) })
  }
  return [...sums.values()].filter(({ quantity }) => quantity !== 0)
}

/**
 * Counts what has left of lines that are gone from the order for the lines of the same goods that it has now: an edit that
 * replaces a line by a new one does not bring its goods back. Where there are several, it goes to the one of which the most
 * is open. What is of no goods of the order any more stays as it is: nobody asks for it.
 */
export function adoptGone(movements: readonly Movement[], lines: readonly OrderLine[]): Movement[] {
  let adopted = [...movements]
  const gone = new Set(movements.map((entry) => entry.line_item_id).filter((id) => !lines.some((line) => line.id === id)))
  for (const goneId of gone) {
    const made = recipe(adopted.flatMap((entry) => (entry.line_item_id === goneId ? [[entry.inventory_item_id, entry.per_piece] as const] : [])))
    const goods = goodsOf(lines).find(([line]) => line !== undefined && recipe(line.parts.map((part) => [part.itemId, part.perPiece])) === made)
    const openOf = (line: OrderLine) => line.ordered - line.fulfilled - takenOf(line, adopted)
    const [heir] = [...(goods ?? [])].sort((one, other) => openOf(other) - openOf(one))
    if (heir !== undefined) {
      adopted = adopted.map((entry) => (entry.line_item_id === goneId ? { ...entry, line_item_id: heir.id } : entry))
    }
  }
  return summedUp(adopted)
}
