import { createOrderFulfillmentWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { isWireError } from "../../wire/errors"
import { orConflict } from "../change-order/refusal"
import { readReservations } from "../move-stock/order-books"
import { aroundFulfilment, type PutBack } from "../move-stock/settle-order"
import { shippedAt, type EffectContext } from "./effect"
import { keepCount } from "./keep-count"
import type { Quantities } from "./lines"
import { linesWithoutProduct } from "./lines-without-product"
import type { OrderState } from "./order-state"
import { parcelsOf, type Parcel } from "./parcels"
import { holdingAside, letShrink, mergeReservations } from "./prepare-reservations"
import { piecesOpen, reserveMissing } from "./reserve-missing"
import { shippingOptionFor } from "./shipping-option"

async function findParcels(container: MedusaContainer, order: OrderState, quantities: Quantities): Promise<Parcel[]> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const mostOf = (lineId: string, itemId: string) => piecesOpen(order.items.find(({ id }) => id === lineId), itemId)
  const read = async () => await mergeReservations(container, await readReservations(db, [...quantities.keys()]), mostOf)
  const present = await read()
  const reservations = (await reserveMissing(container, order, quantities, present)) ? await read() : present
  await letShrink(container, reservations)
  return parcelsOf(container, order, quantities, reservations)
}

/** Fulfils with everything prepared; what was prepared is taken back where Medusa refuses. */
async function prepared(
  { container, said }: EffectContext,
  order: OrderState,
  parcel: Parcel,
  back: PutBack,
  work: () => Promise<unknown>
): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const reservations = await readReservations(db, parcel.items.map(({ id }) => id))
  const elsewhere = reservations.filter(({ lineId, locationId }) => parcel.scattered.includes(lineId) && locationId !== parcel.locationId)
  const kept = await keepCount(container, order, parcel, reservations, { shippedAt: shippedAt(said), back })
  try {
    await holdingAside(container, elsewhere, work)
  } catch (error) {
    await kept.undo()
    throw error
  }
  await kept.restore()
}

async function fulfilParcel(
  context: EffectContext,
  order: OrderState,
  parcel: Parcel,
  back: PutBack,
  metadata: Record<string, unknown> | undefined
): Promise<void> {
  const { container, orderId } = context
  const { profileId, lacksProfile, locationId, items } = parcel
  const optionId = await shippingOptionFor(container, order, profileId)
  const lines = lacksProfile ? { items_list: await linesWithoutProduct(container, orderId, items) } : {}
  await prepared(context, order, parcel, back, () =>
    orConflict(() =>
      createOrderFulfillmentWorkflow(container).run({
        input: {
          order_id: orderId,
          items,
          ...lines,
          shipping_option_id: optionId,
          ...(locationId === null ? {} : { location_id: locationId }),
          ...(metadata === undefined ? {} : { metadata }),
        },
      })
    )
  )
}

/**
 * Makes fulfilments of lines: their stock leaves, and their reservations with it. What a reduction has taken out of the
 * stock before is put back first, so that it leaves once. What Medusa refuses to fulfil is left undone, and said so.
 * @param metadata what the fulfilments are remembered by
 */
export async function fulfil(
  context: EffectContext,
  order: OrderState,
  quantities: Quantities,
  metadata?: Record<string, unknown>
): Promise<void> {
  const { container, orderId, done, undone } = context
  if (quantities.size === 0) {
    return
  }
  await aroundFulfilment(container, orderId, quantities, async (back) => {
    for (const parcel of await findParcels(container, order, quantities)) {
      try {
        await fulfilParcel(context, order, parcel, back, metadata)
        done.add("fulfilled")
      } catch (error) {
        if (!isWireError(error) || error.code !== "CONFLICT") {
          throw error
        }
        const skuOf = (id: string) => order.items.find((line) => line.id === id)?.variant_sku ?? ""
        undone.push(...parcel.items.map(({ id, quantity }) => ({ line_item_id: id, sku: skuOf(id), quantity, reason: error.message })))
      }
    }
  })
}
