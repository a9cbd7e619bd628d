import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { selectLineMovements, type MovementRow } from "../../modules/odoo/sql/select-line-movements"
import { selectReservations } from "../../modules/odoo/sql/select-reservations"
import { shrinkMovements } from "../../modules/odoo/sql/shrink-movements"
import { emitLevelEvents, readLevels, writeLevels } from "../ingest-inventory/levels"
import { levelKey, type StockLevel } from "../ingest-inventory/plan-stock"
import { underStockLock } from "../ingest-inventory/stock-lock"
import { readOrderLines, type OrderLine } from "./read-order-lines"

type NewReservation = { line_item_id: string; inventory_item_id: string; location_id: string; quantity: number }

type Share = { movement: MovementRow; quantity: number }

/** Which of the pieces that have left are among so many of each line. */
function sharesOf(lines: readonly OrderLine[], movements: readonly MovementRow[], quantities: ReadonlyMap<string, number>): Share[] {
  return lines.flatMap((line) =>
    line.parts.flatMap(({ itemId, perPiece }) => {
      let rest = (quantities.get(line.id) ?? 0) * perPiece
      return movements
        .filter((movement) => movement.line_item_id === line.id && movement.inventory_item_id === itemId)
        .flatMap((movement) => {
          const quantity = Math.min(rest, movement.quantity)
          rest -= quantity
          return quantity > 0 ? { movement, quantity } : []
        })
    })
  )
}

function levelsAfter(stock: ReadonlyMap<string, StockLevel>, shares: readonly Share[]): Map<string, StockLevel> {
  const after = new Map<string, StockLevel>()
  for (const { movement, quantity } of shares) {
    const key = levelKey({ itemId: movement.inventory_item_id, locationId: movement.location_id })
    const level = after.get(key) ?? stock.get(key) ?? { stocked: 0, countedAt: null, statedAt: null }
    after.set(key, { ...level, stocked: level.stocked + quantity })
  }
  return after
}

/**
 * Reserves pieces for their lines. What a line has reserved at a location stays one reservation: Medusa's fulfilment
 * takes what it fulfils from each that it finds.
 */
async function reserveAgain(container: MedusaContainer, shares: readonly Share[]): Promise<void> {
  const inventory = container.resolve(Modules.INVENTORY)
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const present = await selectReservations(db, [...new Set(shares.map(({ movement }) => movement.line_item_id))])
  const wanted = new Map<string, NewReservation>()
  for (const { movement, quantity } of shares) {
    const { line_item_id, inventory_item_id, location_id } = movement
    const key = JSON.stringify([line_item_id, inventory_item_id, location_id])
    const before = wanted.get(key)?.quantity ?? 0
    wanted.set(key, { line_item_id, inventory_item_id, location_id, quantity: before + quantity })
  }
  for (const reservation of wanted.values()) {
    const same = present.find(
      (row) =>
        row.line_item_id === reservation.line_item_id &&
        row.inventory_item_id === reservation.inventory_item_id &&
        row.location_id === reservation.location_id
    )
    // the pieces are about to be put back: they may be reserved although they are not there yet
    await (same === undefined
      ? inventory.createReservationItems([{ ...reservation, allow_backorder: true }])
      : inventory.updateReservationItems([
          { id: same.id, quantity: Number(same.quantity) + reservation.quantity, allow_backorder: true },
        ]))
  }
}

/**
 * Puts pieces that a reduction has taken out of the stock back, reserved for their line as they were before. Medusa's
 * fulfilment takes its pieces from a reservation and from the stock, and refuses a line that has none: it is about to
 * take these. What is for sale stays the same at every moment: the reservation comes first.
 * @param quantities how many of which line are about to be fulfilled
 * @returns how many pieces of which SKU were put back, for taking them out again should the fulfilment fail
 */
export async function giveBack(
  container: MedusaContainer,
  orderId: string,
  quantities: ReadonlyMap<string, number>
): Promise<{ sku: string; quantity: number }[]> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const left = await selectLineMovements(db, orderId, [...quantities.keys()])
  if (left.length === 0) {
    return []
  }
  const lines = await readOrderLines(container, orderId)
  const itemIds = [...new Set(left.map((movement) => movement.inventory_item_id))]
  const { shares, levelIds } = await underStockLock(container, itemIds, async () => {
    const given = sharesOf(lines, await selectLineMovements(db, orderId, [...quantities.keys()]), quantities)
    const levels = await readLevels(container, itemIds)
    await reserveAgain(container, given)
    const written = await writeLevels(container, levelsAfter(levels.stock, given), levels, (transaction) =>
      shrinkMovements(transaction, given.map(({ movement: { id }, quantity: by }) => ({ id, by })))
    )
    return { shares: given, levelIds: written }
  })
  await emitLevelEvents(container, levelIds)
  return lines.flatMap(({ id, sku, parts: [part] }) => {
    const pieces = shares
      .filter(({ movement }) => movement.line_item_id === id && movement.inventory_item_id === part?.itemId)
      .reduce((sum, share) => sum + share.quantity, 0)
    return part === undefined || pieces === 0 ? [] : { sku, quantity: pieces / part.perPiece }
  })
}
