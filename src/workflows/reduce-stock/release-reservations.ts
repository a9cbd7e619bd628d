import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import type { MovedRow } from "../../modules/odoo/sql/select-movements"
import { reducedPieces, type Reservation } from "./plan-reduction"
import type { OrderLine } from "./read-order-lines"

/**
 * Takes back what is reserved for pieces that have left: a line keeps reservations for what of it is still to leave, and
 * no more. It goes by the line as a whole, so that a repeat mends what an interrupted reduction has left behind.
 */
export async function releaseReservations(
  container: MedusaContainer,
  lines: readonly OrderLine[],
  moved: readonly MovedRow[],
  reservations: readonly Reservation[]
): Promise<void> {
  const updates: { id: string; quantity: number }[] = []
  const ends: string[] = []
  for (const line of lines) {
    const open = Math.max(0, line.ordered - line.fulfilled - reducedPieces(line, moved))
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
    await inventory.updateReservationItems(updates)
  }
  if (ends.length > 0) {
    await inventory.deleteReservationItems(ends)
  }
}
