import { createOrderFulfillmentWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { isWireError } from "../../wire/errors"
import { orConflict } from "../change-order/refusal"
import { readReservations } from "../move-stock/order-books"
import { aroundFulfilment } from "../move-stock/settle-order"
import { coverShortage } from "./cover-shortage"
import type { EffectContext } from "./effect"
import type { Quantities } from "./lines"
import { linesWithoutProduct } from "./lines-without-product"
import type { OrderState } from "./order-state"
import { parcelsOf, type Parcel } from "./parcels"
import { holdingAside, letShrink, mergeReservations } from "./prepare-reservations"
import { shippingOptionFor } from "./shipping-option"

async function findParcels(container: MedusaContainer, order: OrderState, quantities: Quantities): Promise<Parcel[]> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const reservations = await mergeReservations(container, await readReservations(db, [...quantities.keys()]))
  await letShrink(container, reservations)
  return parcelsOf(container, order, quantities, reservations)
}

/** Fulfils with everything prepared; what was prepared is taken back where Medusa refuses. */
async function prepared<T>(container: MedusaContainer, order: OrderState, parcel: Parcel, work: () => Promise<T>): Promise<T> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const reservations = await readReservations(db, parcel.items.map(({ id }) => id))
  const elsewhere = reservations.filter(({ lineId, locationId }) => parcel.scattered.includes(lineId) && locationId !== parcel.locationId)
  const uncover = await coverShortage(container, order, parcel, reservations)
  try {
    return await holdingAside(container, elsewhere, work)
  } catch (error) {
    await uncover()
    throw error
  }
}

async function fulfilParcel(
  { container, orderId }: EffectContext,
  order: OrderState,
  parcel: Parcel,
  metadata: Record<string, unknown> | undefined
): Promise<void> {
  const { profileId, lacksProfile, locationId, items } = parcel
  const optionId = await shippingOptionFor(container, order, profileId)
  const lines = lacksProfile ? { items_list: await linesWithoutProduct(container, orderId, items) } : {}
  await prepared(container, order, parcel, () =>
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
  await aroundFulfilment(container, orderId, quantities, async () => {
    for (const parcel of await findParcels(container, order, quantities)) {
      try {
        await fulfilParcel(context, order, parcel, metadata)
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
