import type { MedusaContainer } from "@medusajs/framework/types"

import { addQuantities, minusQuantity, piecesMade, timesQuantity } from "../../wire/counts"
import { readLevels } from "../stock-levels/levels"
import { underStockLock } from "../stock-levels/stock-lock"
import { fullestLocation, type Reservation } from "../move-stock/stock-ledger"
import { reserve, type NewReservation } from "../move-stock/reservations"
import { unfulfilled, type Quantities } from "./lines"
import type { OrderLine, LoadedOrder } from "./load-order"

type Part = { itemId: string; perPiece: number }

/** The stock items that a line takes: those reserved for it, or, without a reservation, those of its variant. */
function partsToLeave(line: OrderLine, reservations: readonly Reservation[]): Part[] {
  const recipe = (line.variant?.inventory_items ?? []).flatMap((part) => part ?? [])
  const perPiece = (itemId: string) => recipe.find((part) => part.inventory_item_id === itemId)?.required_quantity ?? 1
  const reserved = new Set(reservations.flatMap(({ lineId, itemId }) => (lineId === line.id ? itemId : [])))
  const items = reserved.size > 0 ? [...reserved] : recipe.map((part) => part.inventory_item_id)
  return items.map((itemId) => ({ itemId, perPiece: perPiece(itemId) }))
}

/**
 * How many pieces of a line are reserved, at one location or at all of them.
 * @param quantity how many pieces are to leave: where it is whole, only whole pieces count
 */
export function piecesReserved(line: OrderLine, quantity: number, reservations: readonly Reservation[], locationId?: string): number {
  const pieces = partsToLeave(line, reservations).map(({ itemId, perPiece }) => {
    const own = reservations.filter(
      (each) => each.lineId === line.id && each.itemId === itemId && (locationId === undefined || each.locationId === locationId)
    )
    return piecesMade(addQuantities(own.map((each) => each.quantity)), perPiece, quantity)
  })
  return pieces.length === 0 ? 0 : Math.min(...pieces)
}

/** How many pieces of an item no fulfillment of a line holds yet; `Infinity` where the variant does not name the item. */
export function piecesOpen(line: OrderLine | undefined, itemId: string): number {
  const part = line?.variant?.inventory_items?.find((each) => each?.inventory_item_id === itemId)
  return line === undefined || !part ? Infinity : timesQuantity(unfulfilled([line]).get(line.id) ?? 0, part.required_quantity)
}

/** How many pieces of a line Medusa would refuse to fulfill, because it manages their stock and they are not reserved. */
export const piecesLacking = (line: OrderLine, quantity: number, reservations: readonly Reservation[]) =>
  line.variant?.manage_inventory === true ? Math.max(0, minusQuantity(quantity, piecesReserved(line, quantity, reservations))) : 0

/**
 * The reservations for as many pieces of a line as are free.
 * @param free how many pieces of each level are free; the reserved pieces are deducted from it
 */
function reservationsFor(line: OrderLine, pieces: number, parts: readonly Part[], free: Map<string, number>): NewReservation[] {
  const places = parts.flatMap(({ itemId, perPiece }) => {
    const locationId = fullestLocation(free, itemId)
    return locationId === undefined ? [] : { itemId, perPiece, locationId, key: `${itemId} ${locationId}` }
  })
  const there = places.map(({ key, perPiece }) => piecesMade(Math.max(0, free.get(key) ?? 0), perPiece, pieces))
  const most = places.length < parts.length ? 0 : line.variant?.allow_backorder === true ? pieces : Math.min(pieces, ...there)
  return (most === 0 ? [] : places).map(({ itemId, perPiece, locationId, key }) => {
    const quantity = timesQuantity(most, perPiece)
    free.set(key, minusQuantity(free.get(key) ?? 0, quantity))
    return { line_item_id: line.id, inventory_item_id: itemId, location_id: locationId, quantity }
  })
}

/**
 * Reserves shipped goods without a reservation, as far as they are free, because Medusa refuses to fulfill them otherwise. Goods
 * have no reservation, for example, where their stock is managed only since they were sold.
 * @param reservations the reservations of the lines
 * @returns the new reservations
 */
export async function reserveMissing(
  container: MedusaContainer,
  order: LoadedOrder,
  quantities: Quantities,
  reservations: readonly Reservation[]
): Promise<NewReservation[]> {
  const lacking = order.items.flatMap((line) => {
    const pieces = piecesLacking(line, quantities.get(line.id) ?? 0, reservations)
    const parts = partsToLeave(line, reservations)
    return pieces > 0 && parts.length > 0 ? { line, pieces, parts } : []
  })
  const itemIds = [...new Set(lacking.flatMap(({ parts }) => parts.map(({ itemId }) => itemId)))]
  if (itemIds.length === 0) {
    return []
  }
  return await underStockLock(container, itemIds, async () => {
    const { stock } = await readLevels(container, itemIds)
    const free = new Map([...stock].map(([key, { stocked, reserved }]) => [key, minusQuantity(stocked, reserved)]))
    const wanted = lacking.flatMap(({ line, pieces, parts }) => reservationsFor(line, pieces, parts, free))
    await reserve(container, reservations, wanted)
    return wanted
  })
}
