import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Db } from "../../database/statement"
import type { Movement } from "../../modules/odoo/stock-types"
import { selectReservations } from "../../read-model/inventory/select-reservations"
import { selectStockLocations } from "../../read-model/inventory/select-stock-locations"
import { addQuantities, dividedQuantity, minusQuantity, plusQuantity } from "../../wire/counts"
import { readLevels, writeLevels, type Levels } from "../stock-levels/levels"
import { locationFinder } from "../ingest-inventory/locate"
import type { StockLevel } from "../stock-levels/plan-stock"
import { reassignRemovedLines } from "./reassign-removed-lines"
import { applyEntries, levelOf, type StockLedger, type OrderLine, type Reservation } from "./stock-ledger"
import { readOrderGoods, type OrderGoods } from "./read-order-goods"
import { reserveAgain, trimReservations } from "./reservations"

const ledgerOf = (container: MedusaContainer) => container.resolve<OdooModuleService>(ODOO_MODULE).ledger

async function fallbackLocation(container: MedusaContainer): Promise<string | null> {
  const locations = await selectStockLocations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const { defaultLocationId } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  const location = locationFinder(locations, defaultLocationId)({})
  return location !== undefined && "id" in location ? location.id : null
}

/** Reads the reservations of order lines. */
export async function readReservations(container: MedusaContainer, lineIds: readonly string[]): Promise<Reservation[]> {
  const rows = await selectReservations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), lineIds)
  return rows.map((row) => ({
    id: row.id,
    lineId: row.line_item_id,
    itemId: row.inventory_item_id,
    locationId: row.location_id,
    quantity: Number(row.quantity),
    allowsBackorder: row.allow_backorder,
  }))
}

/** The stock items of a line, derived from its reservations; empty where they are not whole numbers per piece. */
function partsReserved(line: OrderLine, reservations: readonly Reservation[]): OrderLine["parts"] {
  const open = minusQuantity(line.ordered, line.fulfilled)
  const own = reservations.filter(({ lineId }) => lineId === line.id)
  const parts = [...new Set(own.map(({ itemId }) => itemId))].map((itemId) => {
    const pieces = addQuantities(own.flatMap((each) => (each.itemId === itemId ? each.quantity : [])))
    return { itemId, perPiece: dividedQuantity(pieces, open) }
  })
  return open > 0 && parts.every(({ perPiece }) => Number.isInteger(perPiece)) ? parts : []
}

/** The stock items of a line, derived from its ledger entries. */
function partsMoved(line: OrderLine, movements: readonly Movement[]): OrderLine["parts"] {
  const own = movements.filter((entry) => entry.line_item_id === line.id)
  return [...new Map(own.map((entry) => [entry.inventory_item_id, entry.per_piece]))].map(([itemId, perPiece]) => ({ itemId, perPiece }))
}

/**
 * Reads the data of an order on which its stock depends. A variant that was deleted, or whose stock is no longer managed, does
 * not name the stock items of its line. They are then derived from the line's ledger entries or reservations.
 * @throws WireError `NOT_FOUND`
 */
export async function readGoods(container: MedusaContainer, orderId: string): Promise<OrderGoods> {
  const goods = await readOrderGoods(container, orderId)
  const bare = goods.lines.filter(({ parts }) => parts.length === 0)
  if (bare.length === 0) {
    return goods
  }
  const movements = await ledgerOf(container).of(orderId)
  const reservations = await readReservations(container, bare.map(({ id }) => id))
  const completed = (line: OrderLine): OrderLine => {
    const moved = partsMoved(line, movements)
    return { ...line, parts: moved.length > 0 ? moved : partsReserved(line, reservations) }
  }
  return { ...goods, lines: goods.lines.map((line) => (bare.includes(line) ? completed(line) : line)) }
}

/** The ids of all stock items of these lines. */
export const stockItemsOf = (lines: readonly OrderLine[]) => [
  ...new Set(lines.flatMap(({ parts }) => parts.map(({ itemId }) => itemId))),
]

/** The stock ledger of an order, with the inventory levels that it was read from. */
export type OrderLedger = { orderId: string; ledger: StockLedger; levels: Levels }

/** Reads the stock ledger of an order. The caller holds the locks of its stock items. */
export async function readLedger(container: MedusaContainer, orderId: string, { lines, isClosed, placedAt, leftFrom }: OrderGoods): Promise<OrderLedger> {
  const levels = await readLevels(container, stockItemsOf(lines))
  const ledger: StockLedger = {
    lines,
    isClosed,
    movements: reassignRemovedLines(await ledgerOf(container).of(orderId), lines),
    reservations: await readReservations(container, lines.map(({ id }) => id)),
    stock: new Map([...levels.stock].map(([key, { stocked }]) => [key, stocked])),
    countedSince: new Set([...levels.stock].flatMap(([key, { onHandAt }]) => (onHandAt !== null && onHandAt >= placedAt ? key : []))),
    leftFrom,
    fallbackLocationId: await fallbackLocation(container),
  }
  return { orderId, ledger, levels }
}

const EMPTY: StockLevel = { stocked: 0, reserved: 0, countedAt: null, onHandAt: null, statedAt: null }

/** How many of the pieces to be taken Odoo's count lacked already, by the key of the level. They do not leave the level again. */
export type Missing = ReadonlyMap<string, number>

/** The levels that some entries change, with their stock after the entries. */
function changedLevels({ levels }: OrderLedger, entries: readonly Movement[], after: StockLedger, missing: Missing): Map<string, StockLevel> {
  const keys = new Set(entries.flatMap((entry) => levelOf(entry) ?? []))
  const stockedAt = (key: string) => plusQuantity(after.stock.get(key) ?? 0, missing.get(key) ?? 0)
  return new Map([...keys].map((key) => [key, { ...(levels.stock.get(key) ?? EMPTY), stocked: stockedAt(key) }]))
}

/**
 * Writes entries: levels and entries in one transaction, reservations before and after it. At no moment are more pieces for
 * sale than there should be: returned pieces are reserved before the transaction, and the reservations of pieces that have
 * left end after it. The ledger stays marked as unreconciled until the caller marks it as reconciled.
 * @param missing the pieces that the stock lacked already
 * @param alsoWrite further writes in the same transaction
 * @returns the ids of the levels that were written
 */
export async function writeEntries(
  container: MedusaContainer,
  open: OrderLedger,
  entries: readonly Movement[],
  { missing = new Map(), alsoWrite }: { missing?: Missing; alsoWrite?: (db: Db) => Promise<void> } = {}
): Promise<string[]> {
  const { orderId, ledger, levels } = open
  const after = applyEntries(ledger, entries)
  const back = entries.filter(({ quantity, location_id: locationId }) => quantity < 0 && locationId !== null)
  if (back.length > 0) {
    await ledgerOf(container).markUnreconciled(orderId)
    await reserveAgain(container, ledger.reservations, back)
  }
  const levelIds =
    entries.length === 0
      ? []
      : await writeLevels(container, changedLevels(open, entries, after, missing), levels, async (transaction) => {
          await ledgerOf(container).add(transaction, orderId, entries)
          await alsoWrite?.(transaction)
        })
  await trimReservations(container, after, await readReservations(container, ledger.lines.map(({ id }) => id)))
  return levelIds
}
