import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { selectDetachedReservations } from "../../read-model/inventory/select-detached-reservations"
import { describeError } from "../../utils/describe-error"
import { addQuantities } from "../../wire/counts"
import { underStockLock } from "../stock-levels/stock-lock"
import type { Reservation } from "../move-stock/stock-ledger"

/** The metadata key under which a detached reservation names its line. */
const DETACHED_FROM = "odoo_held_aside_for"

type Change = { id: string; line_item_id: string | null; metadata: Record<string, unknown> }

/** Changes the lines of reservations. Medusa's service accepts `line_item_id`, although its type does not name it. */
async function change(container: MedusaContainer, changes: readonly Change[]): Promise<void> {
  if (changes.length > 0) {
    await container.resolve(Modules.INVENTORY).updateReservationItems([...changes])
  }
}

const reattached = ({ id, lineId }: Pick<Reservation, "id" | "lineId">): Change => ({
  id,
  line_item_id: lineId,
  metadata: { [DETACHED_FROM]: "" },
})

/**
 * Runs `work` while reservations are detached from their lines; their pieces stay reserved. Medusa's fulfillment takes the
 * fulfilled pieces from every reservation of a line, at whatever location, and must not see these.
 */
export async function withReservationsDetached<T>(container: MedusaContainer, detached: readonly Reservation[], work: () => Promise<T>): Promise<T> {
  await change(container, detached.map(({ id, lineId }) => ({ id, line_item_id: null, metadata: { [DETACHED_FROM]: lineId } })))
  try {
    return await work()
  } finally {
    await change(container, detached.map(reattached))
  }
}

/** How long a reservation is detached before it counts as abandoned by a process that died; milliseconds. */
const ABANDONED_MS = 60_000

/** Reattaches reservations that a process left detached when it died. */
export async function reattachAbandoned(container: MedusaContainer): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const abandoned = await selectDetachedReservations(db, DETACHED_FROM, ABANDONED_MS)
  await change(container, abandoned.map(reattached)).catch((error: unknown) => {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`odoo: reservations could not be given back to their lines, and will be later: ${describeError(error)}`)
  })
}

/**
 * Allows Medusa to make these reservations smaller whatever the stock is. To fulfill a part of a line, Medusa first takes the
 * pieces out of the stock, and then refuses to change a reservation of more pieces than are left in stock.
 */
export async function allowShrinking(container: MedusaContainer, reservations: readonly Reservation[]): Promise<void> {
  const strict = reservations.filter(({ allowsBackorder }) => !allowsBackorder)
  if (strict.length > 0) {
    await container.resolve(Modules.INVENTORY).updateReservationItems(strict.map(({ id }) => ({ id, allow_backorder: true })))
  }
}

/**
 * Merges reservations of the same line, item and location, because Medusa's fulfillment would take the fulfilled pieces from
 * each of them.
 * @param mostOf the most pieces of an item that can be open of a line
 */
export async function mergeReservations(
  container: MedusaContainer,
  reservations: readonly Reservation[],
  mostOf: (lineId: string, itemId: string) => number
): Promise<Reservation[]> {
  const groups = new Map<string, Reservation[]>()
  for (const reservation of reservations) {
    const key = JSON.stringify([reservation.lineId, reservation.itemId, reservation.locationId])
    groups.set(key, [...(groups.get(key) ?? []), reservation])
  }
  const merged: Reservation[] = []
  const inventory = container.resolve(Modules.INVENTORY)
  for (const [first, ...others] of groups.values()) {
    if (first === undefined) {
      continue
    }
    const sum = addQuantities([first, ...others].map((each) => each.quantity))
    // an earlier merge may have enlarged one of several, and died before it deleted the others
    const quantity = others.length === 0 ? sum : Math.min(sum, mostOf(first.lineId, first.itemId))
    merged.push({ ...first, quantity })
    if (others.length > 0) {
      // one is enlarged before the others are deleted: a process that dies in between leaves too much reserved, not too little
      await underStockLock(container, [first.itemId], async () => {
        await inventory.updateReservationItems([{ id: first.id, quantity, allow_backorder: true }])
        await inventory.deleteReservationItems(others.map(({ id }) => id))
      })
    }
  }
  return merged
}
