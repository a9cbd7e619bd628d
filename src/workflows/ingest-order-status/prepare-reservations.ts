import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { selectAsideReservations } from "../../modules/odoo/sql/select-aside-reservations"
import { describeError } from "../../utils/describe-error"
import { underStockLock } from "../ingest-inventory/stock-lock"
import type { Reservation } from "../move-stock/books"

/** The metadata of a reservation that is held aside: the line that it belongs to. */
export const ASIDE = "odoo_held_aside_for"

type Change = { id: string; line_item_id: string | null; metadata: Record<string, unknown> }

/** Medusa's service takes a reservation's line, though its type does not name it. */
async function change(container: MedusaContainer, changes: readonly Change[]): Promise<void> {
  if (changes.length > 0) {
    await container.resolve(Modules.INVENTORY).updateReservationItems([...changes])
  }
}

const returned = ({ id, lineId }: Pick<Reservation, "id" | "lineId">): Change => ({
  id,
  line_item_id: lineId,
  metadata: { [ASIDE]: "" },
})

/**
 * Does something while reservations do not show as their lines'; what they reserve stays reserved. Medusa's fulfilment
 * takes what it fulfils of a line from every reservation that the line has, at whatever location.
 */
export async function holdingAside<T>(container: MedusaContainer, aside: readonly Reservation[], work: () => Promise<T>): Promise<T> {
  await change(container, aside.map(({ id, lineId }) => ({ id, line_item_id: null, metadata: { [ASIDE]: lineId } })))
  try {
    return await work()
  } finally {
    await change(container, aside.map(returned))
  }
}

/** How old a reservation is that a process has left aside when it died; milliseconds. */
const ABANDONED_MS = 60_000

/** Gives reservations back to their lines that a process has held aside when it died. */
export async function returnAbandoned(container: MedusaContainer): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const abandoned = await selectAsideReservations(db, ASIDE, ABANDONED_MS)
  await change(container, abandoned.map(returned)).catch((error: unknown) => {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`odoo: reservations could not be given back to their lines, and will be later: ${describeError(error)}`)
  })
}

/**
 * Has Medusa make these reservations smaller whatever the stock is. Of a part of a line it takes the pieces out of the
 * stock first, and then refuses to touch a reservation of more than is left, which is one for the last pieces.
 */
export async function letShrink(container: MedusaContainer, reservations: readonly Reservation[]): Promise<void> {
  const strict = reservations.filter(({ allowsBackorder }) => !allowsBackorder)
  if (strict.length > 0) {
    await container.resolve(Modules.INVENTORY).updateReservationItems(strict.map(({ id }) => ({ id, allow_backorder: true })))
  }
}

/**
 * Makes one of several reservations of the same item, line and location: Medusa's fulfilment would take from each.
 * @param mostOf how many pieces of an item can be open of a line
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
    const sum = others.reduce((quantity, other) => quantity + other.quantity, first.quantity)
    // of several, one may have been made large before, by a process that died over it
    const quantity = others.length === 0 ? sum : Math.min(sum, mostOf(first.lineId, first.itemId))
    merged.push({ ...first, quantity })
    if (others.length > 0) {
      // the one is made large before the others end: should this process die in between, too much is reserved, not too little
      await underStockLock(container, [first.itemId], async () => {
        await inventory.updateReservationItems([{ id: first.id, quantity, allow_backorder: true }])
        await inventory.deleteReservationItems(others.map(({ id }) => id))
      })
    }
  }
  return merged
}
