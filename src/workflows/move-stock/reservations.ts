import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import type { Movement } from "../../modules/odoo/stock-types"
import { minusQuantity, plusQuantity, timesQuantity } from "../../wire/counts"
import { goodsOf, orderedOf, takenOf, reportedOf, type StockLedger, type OrderLine, type Reservation } from "./stock-ledger"

/** Pieces to be reserved for a line, in addition to its present reservations. */
export type NewReservation = { line_item_id: string; inventory_item_id: string; location_id: string; quantity: number }

/** The reservations for pieces that are about to be put back: one for each line, item and location. */
function wantedFor(back: readonly Movement[]): NewReservation[] {
  const wanted = new Map<string, NewReservation>()
  for (const { line_item_id, inventory_item_id, location_id, quantity } of back) {
    if (location_id !== null) {
      const key = JSON.stringify([line_item_id, inventory_item_id, location_id])
      const before = wanted.get(key)?.quantity ?? 0
      wanted.set(key, { line_item_id, inventory_item_id, location_id, quantity: minusQuantity(before, quantity) })
    }
  }
  return [...wanted.values()]
}

/**
 * Reserves pieces for lines, whether they are in stock or not. A line keeps one reservation for each item and location, because
 * Medusa's fulfillment takes the fulfilled pieces from every reservation that it finds.
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
      : inventory.updateReservationItems([{ id: same.id, quantity: plusQuantity(same.quantity, reservation.quantity), allow_backorder: true }]))
  }
}

/**
 * Reserves pieces that are about to be returned to the stock.
 * @param back entries with negative quantities
 */
export const reserveAgain = (container: MedusaContainer, present: readonly Reservation[], back: readonly Movement[]) =>
  reserve(container, present, wantedFor(back))

/** The lines of goods with reported reductions, and how many pieces of each line are still to leave. */
function openLines({ lines, movements, isClosed }: StockLedger): { line: OrderLine; open: number }[] {
  return goodsOf(lines).flatMap((goods) => {
    const reported = reportedOf(goods, movements)
    // pieces that left beyond the present order belong to no line any more
    let beyond = Math.max(0, minusQuantity(reported, orderedOf(goods)))
    return (reported > 0 ? goods : []).map((line) => {
      const taken = takenOf(line, movements)
      const spare = Math.min(beyond, taken)
      beyond = minusQuantity(beyond, spare)
      const left = plusQuantity(line.fulfilled, minusQuantity(taken, spare))
      return { line, open: isClosed ? 0 : Math.max(0, minusQuantity(line.ordered, left)) }
    })
  })
}

/**
 * Trims the reservations of lines to the pieces that are still to leave. It compares each line as a whole, so that a repeat
 * completes an interrupted call. Goods without a reported reduction are left to Medusa.
 */
export async function trimReservations(container: MedusaContainer, ledger: StockLedger, reservations: readonly Reservation[]): Promise<void> {
  const updates: { id: string; quantity: number }[] = []
  const ends: string[] = []
  for (const { line, open } of openLines(ledger)) {
    for (const { itemId, perPiece } of line.parts) {
      let kept = timesQuantity(open, perPiece)
      for (const reservation of [...reservations].reverse()) {
        if (reservation.lineId !== line.id || reservation.itemId !== itemId) {
          continue
        }
        const quantity = Math.min(kept, reservation.quantity)
        kept = minusQuantity(kept, quantity)
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
    // Medusa checks the stock also when a reservation becomes smaller, and refuses that for the last pieces
    await inventory.updateReservationItems(updates.map((update) => ({ ...update, allow_backorder: true })))
  }
  if (ends.length > 0) {
    await inventory.deleteReservationItems(ends)
  }
}

/** Makes reservations smaller by these quantities. A reservation of nothing is deleted. */
export async function release(container: MedusaContainer, present: readonly Reservation[], given: readonly NewReservation[]): Promise<void> {
  const inventory = container.resolve(Modules.INVENTORY)
  for (const { line_item_id, inventory_item_id, location_id, quantity } of given) {
    const same = present.find(
      ({ lineId, itemId, locationId }) => lineId === line_item_id && itemId === inventory_item_id && locationId === location_id
    )
    const kept = same === undefined ? 0 : Math.max(0, minusQuantity(same.quantity, quantity))
    if (same !== undefined) {
      await (kept === 0
        ? inventory.deleteReservationItems([same.id])
        : inventory.updateReservationItems([{ id: same.id, quantity: kept, allow_backorder: true }]))
    }
  }
}
