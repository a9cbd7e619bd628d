import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import type { Movement } from "../../modules/odoo/sql/insert-movements"
import { goodsOf, takenOf, toldOf, type Books, type OrderLine, type Reservation } from "./books"

/** Pieces to be reserved for a line, wherever it has something reserved already or not. */
export type NewReservation = { line_item_id: string; inventory_item_id: string; location_id: string; quantity: number }

/** Pieces that are about to be put back, as reservations for their lines: one for each line, item and location. */
function wantedFor(back: readonly Movement[]): NewReservation[] {
  const wanted = new Map<string, NewReservation>()
  for (const { line_item_id, inventory_item_id, location_id, quantity } of back) {
    if (location_id !== null) {
      const key = JSON.stringify([line_item_id, inventory_item_id, location_id])
      const before = wanted.get(key)?.quantity ?? 0
      wanted.set(key, { line_item_id, inventory_item_id, location_id, quantity: before - quantity })
    }
  }
  return [...wanted.values()]
}

/**
 * Reserves pieces for lines, whether they are there or not. What a line has reserved at a location stays one reservation:
 * Medusa's fulfilment takes what it fulfils from each that it finds.
 */
export async function reserve(
  container: MedusaContainer,
  present: readonly Reservation[],
  wanted: readonly NewReservation[]
): Promise<void> {
  const inventory = container.resolve(Modules.INVENTORY)
  for (const reservation of wanted) {
    const same = present.find(
      ({ lineId, itemId, locationId }) =>
        lineId === reservation.line_item_id && itemId === reservation.inventory_item_id && locationId === reservation.location_id
    )
    await (same === undefined
      ? inventory.createReservationItems([{ ...reservation, allow_backorder: true }])
      : inventory.updateReservationItems([{ id: same.id, quantity: same.quantity + reservation.quantity, allow_backorder: true }]))
  }
}

/**
 * Reserves pieces for their lines that are given back, before they are there again.
 * @param back entries with negative quantities
 */
export const reserveAgain = (container: MedusaContainer, present: readonly Reservation[], back: readonly Movement[]) =>
  reserve(container, present, wantedFor(back))

/** The lines of goods of which reductions have told, and how many pieces of each are still to leave. */
function openLines({ lines, movements, isClosed }: Books): { line: OrderLine; open: number }[] {
  return goodsOf(lines).flatMap((goods) => {
    const told = toldOf(goods, movements)
    // what has left beyond what is ordered by now is of no line any more
    let beyond = Math.max(0, told - goods.reduce((sum, { ordered }) => sum + ordered, 0))
    return (told > 0 ? goods : []).map((line) => {
      const taken = takenOf(line, movements)
      const spare = Math.min(beyond, taken)
      beyond -= spare
      return { line, open: isClosed ? 0 : Math.max(0, line.ordered - line.fulfilled - (taken - spare)) }
    })
  })
}

/**
 * Takes back what is reserved for pieces that have left: a line keeps reservations for what of it is still to leave, and
 * no more. It goes by the line as a whole, so that a repeat mends what was interrupted. Goods of which no reduction has
 * told are left to Medusa.
 */
export async function trimReservations(container: MedusaContainer, books: Books, reservations: readonly Reservation[]): Promise<void> {
  const updates: { id: string; quantity: number }[] = []
  const ends: string[] = []
  for (const { line, open } of openLines(books)) {
    for (const { itemId, perPiece } of line.parts) {
      let kept = open * perPiece
      for (const reservation of [...reservations].reverse()) {
        if (reservation.lineId !== line.id || reservation.itemId !== itemId) {
          continue
        }
        const quantity = Math.min(kept, reservation.quantity)
        kept -= quantity
        if (quantity === 0) {
          ends.push(reservation.id)
        } else if (quantity < reservation.quantity) {
          updates.push({ id: reservation.id, quantity })
        }
      }
    }
  }
  const inventory = container.resolve(Modules.INVENTORY)
  if (updates.length > 0) {
    // Medusa looks at the stock also when a reservation becomes smaller, and refuses it for the last pieces
    await inventory.updateReservationItems(updates.map((update) => ({ ...update, allow_backorder: true })))
  }
  if (ends.length > 0) {
    await inventory.deleteReservationItems(ends)
  }
}
