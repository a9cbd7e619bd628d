import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Db } from "../../modules/odoo/sql/db"
import { insertMovements, type Movement } from "../../modules/odoo/sql/insert-movements"
import { selectMovements } from "../../modules/odoo/sql/select-movements"
import { selectReservations } from "../../modules/odoo/sql/select-reservations"
import { selectStockLocations } from "../../modules/odoo/sql/select-stock-locations"
import { markUnsettled } from "../../modules/odoo/sql/unsettled-movements"
import { readLevels, writeLevels, type Levels } from "../ingest-inventory/levels"
import { locationFinder } from "../ingest-inventory/locate"
import type { StockLevel } from "../ingest-inventory/plan-stock"
import { adoptGone } from "./gone-lines"
import { enter, levelOf, type Books, type OrderLine, type Reservation } from "./books"
import { readOrderGoods, type OrderGoods } from "./read-order-goods"
import { reserveAgain, trimReservations } from "./reservations"

async function fallbackLocation(container: MedusaContainer): Promise<string | null> {
  const locations = await selectStockLocations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const { defaultLocationId } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  const location = locationFinder(locations, defaultLocationId)({})
  return location !== undefined && "id" in location ? location.id : null
}

/** What is reserved for lines of an order. */
export async function readReservations(db: Db, lineIds: readonly string[]): Promise<Reservation[]> {
  const rows = await selectReservations(db, lineIds)
  return rows.map((row) => ({
    id: row.id,
    lineId: row.line_item_id,
    itemId: row.inventory_item_id,
    locationId: row.location_id,
    quantity: Number(row.quantity),
    allowsBackorder: row.allow_backorder,
  }))
}

/** What a line is made of, told by what is reserved for it; nothing where that does not come out even. */
function partsReserved(line: OrderLine, reservations: readonly Reservation[]): OrderLine["parts"] {
  const open = line.ordered - line.fulfilled
  const own = reservations.filter(({ lineId }) => lineId === line.id)
  const parts = [...new Set(own.map(({ itemId }) => itemId))].map((itemId) => {
    const pieces = own.filter((each) => each.itemId === itemId).reduce((sum, { quantity }) => sum + quantity, 0)
    return { itemId, perPiece: pieces / open }
  })
  return open > 0 && parts.every(({ perPiece }) => Number.isInteger(perPiece)) ? parts : []
}

/** What a line is made of, told by what has left of it. */
function partsMoved(line: OrderLine, movements: readonly Movement[]): OrderLine["parts"] {
  const own = movements.filter((entry) => entry.line_item_id === line.id)
  return [...new Map(own.map((entry) => [entry.inventory_item_id, entry.per_piece]))].map(([itemId, perPiece]) => ({ itemId, perPiece }))
}

/**
 * Reads of an order what its stock depends on. A variant that was deleted, or whose stock is not managed any more, does
 * not say what a line was made of: then what has left of it does, or what is reserved for it.
 * @throws WireError `NOT_FOUND`
 */
export async function readGoods(container: MedusaContainer, orderId: string): Promise<OrderGoods> {
  const goods = await readOrderGoods(container, orderId)
  const bare = goods.lines.filter(({ parts }) => parts.length === 0)
  if (bare.length === 0) {
    return goods
  }
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const movements = await selectMovements(db, orderId)
  const reservations = await readReservations(db, bare.map(({ id }) => id))
  const completed = (line: OrderLine): OrderLine => {
    const moved = partsMoved(line, movements)
    return { ...line, parts: moved.length > 0 ? moved : partsReserved(line, reservations) }
  }
  return { ...goods, lines: goods.lines.map((line) => (bare.includes(line) ? completed(line) : line)) }
}

/** The stock items that an order's lines are made of. */
export const stockItemsOf = (lines: readonly OrderLine[]) => [
  ...new Set(lines.flatMap(({ parts }) => parts.map(({ itemId }) => itemId))),
]

/** An order's books, with the levels as they were read. */
export type OpenBooks = { orderId: string; books: Books; levels: Levels }

/** Reads an order's books. The caller holds the locks of its items. */
export async function openBooks(container: MedusaContainer, orderId: string, { lines, isClosed, placedAt }: OrderGoods): Promise<OpenBooks> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const levels = await readLevels(container, stockItemsOf(lines))
  const books: Books = {
    lines,
    isClosed,
    movements: adoptGone(await selectMovements(db, orderId), lines),
    reservations: await readReservations(db, lines.map(({ id }) => id)),
    stock: new Map([...levels.stock].map(([key, { stocked }]) => [key, stocked])),
    countedSince: new Set([...levels.stock].flatMap(([key, { onHandAt }]) => (onHandAt !== null && onHandAt >= placedAt ? key : []))),
    fallbackLocationId: await fallbackLocation(container),
  }
  return { orderId, books, levels }
}

const EMPTY: StockLevel = { stocked: 0, reserved: 0, countedAt: null, onHandAt: null, statedAt: null }

/** How many pieces a level was without before they were taken from it, by its key: they do not leave it again. */
export type Missing = ReadonlyMap<string, number>

/** The levels that entries change, as they are to be: what is taken is what is given back, whatever the level is. */
function changedLevels({ levels }: OpenBooks, entries: readonly Movement[], after: Books, missing: Missing): Map<string, StockLevel> {
  const keys = new Set(entries.flatMap((entry) => levelOf(entry) ?? []))
  const stockedAt = (key: string) => (after.stock.get(key) ?? 0) + (missing.get(key) ?? 0)
  return new Map([...keys].map((key) => [key, { ...(levels.stock.get(key) ?? EMPTY), stocked: stockedAt(key) }]))
}

/**
 * Enters what has moved: levels and entries in one transaction, the reservations around it. What is for sale is never
 * more than it should be, at no moment: pieces that are given back are reserved before, and reservations of pieces that
 * have left end after it. The books stay marked as unsettled until the caller says otherwise.
 * @param missing what the stock was without already
 * @param alsoWrite what else belongs into the transaction
 * @returns the ids of the levels that were written
 */
export async function enterMovements(
  container: MedusaContainer,
  open: OpenBooks,
  entries: readonly Movement[],
  { missing = new Map(), alsoWrite }: { missing?: Missing; alsoWrite?: (db: Db) => Promise<void> } = {}
): Promise<string[]> {
  const { orderId, books, levels } = open
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const after = enter(books, entries)
  const back = entries.filter(({ quantity, location_id: locationId }) => quantity < 0 && locationId !== null)
  if (back.length > 0) {
    await markUnsettled(db, orderId)
    await reserveAgain(container, books.reservations, back)
  }
  const levelIds =
    entries.length === 0
      ? []
      : await writeLevels(container, changedLevels(open, entries, after, missing), levels, async (transaction) => {
          await insertMovements(transaction, orderId, entries)
          await alsoWrite?.(transaction)
        })
  await trimReservations(container, after, await readReservations(db, books.lines.map(({ id }) => id)))
  return levelIds
}
