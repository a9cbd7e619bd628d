import type { MedusaContainer } from "@medusajs/framework/types"

import { readLevels } from "../ingest-inventory/levels"
import { underStockLock } from "../ingest-inventory/stock-lock"
import { fullestLocation, type Reservation } from "../move-stock/books"
import { reserve, type NewReservation } from "../move-stock/reservations"
import { unfulfilled, type Quantities } from "./lines"
import type { OrderLine, OrderState } from "./order-state"

type Part = { itemId: string; perPiece: number }

/** What a line leaves of: the items that are reserved for it, or, where none is, those of its variant. */
export function partsToLeave(line: OrderLine, reservations: readonly Reservation[]): Part[] {
  const recipe = (line.variant?.inventory_items ?? []).flatMap((part) => part ?? [])
  const perPiece = (itemId: string) => recipe.find((part) => part.inventory_item_id === itemId)?.required_quantity ?? 1
  const reserved = new Set(reservations.flatMap(({ lineId, itemId }) => (lineId === line.id ? itemId : [])))
  const items = reserved.size > 0 ? [...reserved] : recipe.map((part) => part.inventory_item_id)
  return items.map((itemId) => ({ itemId, perPiece: perPiece(itemId) }))
}

/** How many whole pieces of a line are reserved, at one location or anywhere. */
export function piecesReserved(line: OrderLine, reservations: readonly Reservation[], locationId?: string): number {
  const pieces = partsToLeave(line, reservations).map(({ itemId, perPiece }) => {
    const own = reservations.filter(
      (each) => each.lineId === line.id && each.itemId === itemId && (locationId === undefined || each.locationId === locationId)
    )
    return Math.floor(own.reduce((sum, { quantity }) => sum + quantity, 0) / perPiece)
  })
  return pieces.length === 0 ? 0 : Math.min(...pieces)
}

/** How many pieces of an item no fulfilment of a line holds yet; any number where it is not known what the line is made of. */
export function piecesOpen(line: OrderLine | undefined, itemId: string): number {
  const part = line?.variant?.inventory_items?.find((each) => each?.inventory_item_id === itemId)
  return line === undefined || !part ? Infinity : (unfulfilled([line]).get(line.id) ?? 0) * part.required_quantity
}

/** How many pieces of a line Medusa would not fulfil, because it keeps its stock and has not reserved them. */
export const piecesLacking = (line: OrderLine, quantity: number, reservations: readonly Reservation[]) =>
  line.variant?.manage_inventory === true ? Math.max(0, quantity - piecesReserved(line, reservations)) : 0

/** The reservations for as many pieces of a line as are free; `free` tells how many pieces of each level are, and is lowered. */
function reservationsFor(line: OrderLine, pieces: number, parts: readonly Part[], free: Map<string, number>): NewReservation[] {
  const places = parts.flatMap(({ itemId, perPiece }) => {
    const locationId = fullestLocation(free, itemId)
    return locationId === undefined ? [] : { itemId, perPiece, locationId, key: `${itemId} ${locationId}` }
  })
  const there = places.map(({ key, perPiece }) => Math.floor(Math.max(0, free.get(key) ?? 0) / perPiece))
  const most = places.length < parts.length ? 0 : line.variant?.allow_backorder === true ? pieces : Math.min(pieces, ...there)
  return (most === 0 ? [] : places).map(({ itemId, perPiece, locationId, key }) => {
    free.set(key, (free.get(key) ?? 0) - most * perPiece)
    return { line_item_id: line.id, inventory_item_id: itemId, location_id: locationId, quantity: most * perPiece }
  })
}

/**
 * Reserves what Odoo says was shipped and is not reserved, such as goods whose stock is managed only since they were sold,
 * as far as that is free: Medusa fulfils nothing else of what it keeps in stock.
 * @param reservations those of the lines
 * @returns whether anything was reserved
 */
export async function reserveMissing(
  container: MedusaContainer,
  order: OrderState,
  quantities: Quantities,
  reservations: readonly Reservation[]
): Promise<boolean> {
  const lacking = order.items.flatMap((line) => {
    const pieces = piecesLacking(line, quantities.get(line.id) ?? 0, reservations)
    const parts = partsToLeave(line, reservations)
    return pieces > 0 && parts.length > 0 ? { line, pieces, parts } : []
  })
  const itemIds = [...new Set(lacking.flatMap(({ parts }) => parts.map(({ itemId }) => itemId)))]
  if (itemIds.length === 0) {
    return false
  }
  return await underStockLock(container, itemIds, async () => {
    const { stock } = await readLevels(container, itemIds)
    const free = new Map([...stock].map(([key, { stocked, reserved }]) => [key, stocked - reserved]))
    const wanted = lacking.flatMap(({ line, pieces, parts }) => reservationsFor(line, pieces, parts, free))
    await reserve(container, reservations, wanted)
    return wanted.length > 0
  })
}
