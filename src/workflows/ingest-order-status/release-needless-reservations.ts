import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { describeError } from "../../utils/describe-error"
import { timesQuantity } from "../../wire/counts"
import { underStockLock } from "../stock-levels/stock-lock"
import { readReservations } from "../move-stock/order-ledger"
import { release, type NewReservation } from "../move-stock/reservations"
import { unfulfilled, type Quantities } from "./lines"
import type { LoadedOrder } from "./load-order"

/** The part of the reservations made for a fulfillment that belongs to pieces which Medusa did not fulfill. */
function unusedReservations(order: LoadedOrder, undone: Quantities, added: readonly NewReservation[]): NewReservation[] {
  return added.flatMap((reservation) => {
    const recipe = order.items.find(({ id }) => id === reservation.line_item_id)?.variant?.inventory_items ?? []
    const part = recipe.find((each) => each?.inventory_item_id === reservation.inventory_item_id)
    const most = timesQuantity(undone.get(reservation.line_item_id) ?? 0, part?.required_quantity ?? 1)
    return most > 0 ? { ...reservation, quantity: Math.min(most, reservation.quantity) } : []
  })
}

/**
 * Releases the reservations that no open goods need after a fulfillment: those made for goods that Medusa then did not
 * fulfill, and those that remain for lines that are fulfilled as a whole.
 * @param order the order before the fulfillment
 * @param undone the pieces that were planned and not fulfilled
 * @param added the reservations that were made for the fulfillment
 */
export async function releaseNeedlessReservations(
  container: MedusaContainer,
  order: LoadedOrder,
  undone: Quantities,
  fulfilled: Quantities,
  added: readonly NewReservation[]
): Promise<void> {
  const gone = [...unfulfilled(order.items)].flatMap(([id, open]) => (fulfilled.get(id) === open ? id : []))
  const unused = unusedReservations(order, undone, added)
  try {
    const present = await readReservations(container, [...gone, ...unused.map(({ line_item_id: id }) => id)])
    const itemIds = [...new Set(present.map(({ itemId }) => itemId))]
    if (itemIds.length === 0) {
      return
    }
    await underStockLock(container, itemIds, async () => {
      await release(container, present, unused)
      const needless = present.flatMap(({ id, lineId }) => (gone.includes(lineId) ? id : []))
      await (needless.length > 0 ? container.resolve(Modules.INVENTORY).deleteReservationItems(needless) : undefined)
    })
  } catch (error) {
    // the fulfillment stands: reservations that remain leave too little for sale, never too much
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`odoo: more is reserved for order ${order.id} than is open: ${describeError(error)}`)
  }
}
