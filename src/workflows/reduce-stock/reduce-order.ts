import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { insertMovements } from "../../modules/odoo/sql/insert-movements"
import { selectMovements } from "../../modules/odoo/sql/select-movements"
import { selectReservations } from "../../modules/odoo/sql/select-reservations"
import { selectStockLocations } from "../../modules/odoo/sql/select-stock-locations"
import type { ReduceOutcome } from "../../wire/reduce-answers"
import type { ReduceItem } from "../../wire/schemas/reduce"
import { emitLevelEvents, readLevels, writeLevels } from "../ingest-inventory/levels"
import { locationFinder } from "../ingest-inventory/locate"
import { underStockLock } from "../ingest-inventory/stock-lock"
import { planReduction, type Reservation } from "./plan-reduction"
import { readOrderLines, type OrderLine } from "./read-order-lines"
import { releaseReservations } from "./release-reservations"

async function fallbackLocation(container: MedusaContainer): Promise<string | null> {
  const locations = await selectStockLocations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const { defaultLocationId } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  const location = locationFinder(locations, defaultLocationId)({})
  return location !== undefined && "id" in location ? location.id : null
}

async function readReservations(container: MedusaContainer, lineIds: readonly string[]): Promise<Reservation[]> {
  const rows = await selectReservations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), lineIds)
  return rows.map((row) => ({
    id: row.id,
    lineId: row.line_item_id,
    itemId: row.inventory_item_id,
    locationId: row.location_id,
    quantity: Number(row.quantity),
  }))
}

const stockItemsOf = (lines: readonly OrderLine[]) => [...new Set(lines.flatMap(({ parts }) => parts.map(({ itemId }) => itemId)))]

/**
 * Takes what of an order has left the stock out of it, once, whatever is repeated (contract 5). The levels and the note
 * of what has left are written in one transaction, under Medusa's locks; the reservations end after it, so that a
 * process that dies in between leaves too little for sale, never too much, and a repeat mends it.
 * @returns an outcome for each item, in their order, and the ids of the levels that were written
 * @throws WireError `NOT_FOUND` for an order that is not there, `CONFLICT` for one that is canceled
 */
export async function reduceOrder(
  container: MedusaContainer,
  orderId: string,
  items: readonly ReduceItem[]
): Promise<{ outcomes: ReduceOutcome[]; levelIds: string[] }> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const itemIds = stockItemsOf(await readOrderLines(container, orderId))
  const fallbackLocationId = await fallbackLocation(container)
  const result = await underStockLock(container, itemIds, async () => {
    // read again: a fulfilment may have taken its part meanwhile
    const lines = await readOrderLines(container, orderId)
    const [reservations, moved, levels] = [
      await readReservations(container, lines.map(({ id }) => id)),
      await selectMovements(db, orderId),
      await readLevels(container, itemIds),
    ]
    const stock = new Map([...levels.stock].map(([key, level]) => [key, level.stocked]))
    const plan = planReduction({ items, lines, moved, reservations, stock, fallbackLocationId })
    const changed = new Map(
      [...levels.stock].flatMap(([key, level]) => {
        const stocked = plan.stock.get(key) ?? level.stocked
        return stocked === level.stocked ? [] : [[key, { ...level, stocked }] as const]
      })
    )
    const levelIds =
      plan.movements.length === 0
        ? []
        : await writeLevels(container, changed, levels, (transaction) => insertMovements(transaction, orderId, plan.movements))
    await releaseReservations(container, lines, await selectMovements(db, orderId), reservations)
    return { outcomes: plan.outcomes, levelIds }
  })
  await emitLevelEvents(container, result.levelIds)
  return result
}
