import { createOrderFulfillmentWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"

import { isWireError } from "../../wire/errors"
import { orConflict } from "../change-order/refusal"
import { readReservations } from "../move-stock/order-ledger"
import type { NewReservation } from "../move-stock/reservations"
import { withStockForFulfillment, type PutBack } from "../move-stock/reconcile-order-stock"
import { shippedAt, type EffectContext, type Undone } from "./effect"
import { releaseNeedlessReservations } from "./release-needless-reservations"
import { guardStockCount } from "./stock-count-guard"
import { minus, plus, type Quantities } from "./lines"
import { linesWithoutProduct } from "./lines-without-product"
import type { LoadedOrder } from "./load-order"
import { LEAST_PIECES, parcelsOf, type Parcel } from "./parcels"
import { withReservationsDetached, allowShrinking, mergeReservations } from "./prepare-reservations"
import { piecesOpen, reserveMissing } from "./reserve-missing"
import { shippingOptionFor } from "./shipping-option"

/** The parcels of a fulfillment, and the reservations that were made for it. */
type Preparation = { parcels: Parcel[]; added: NewReservation[] }

async function prepare(container: MedusaContainer, order: LoadedOrder, quantities: Quantities): Promise<Preparation> {
  const mostOf = (lineId: string, itemId: string) => piecesOpen(order.items.find(({ id }) => id === lineId), itemId)
  const read = async () => await mergeReservations(container, await readReservations(container, [...quantities.keys()]), mostOf)
  const present = await read()
  const added = await reserveMissing(container, order, quantities, present)
  const reservations = added.length > 0 ? await read() : present
  await allowShrinking(container, reservations)
  return { parcels: parcelsOf(container, order, quantities, reservations), added }
}

/** Runs the fulfillment of a parcel with its reservations and levels prepared, and undoes the preparation on an error. */
async function withPreparedStock(
  { container, said }: EffectContext,
  order: LoadedOrder,
  parcel: Parcel,
  back: PutBack,
  work: () => Promise<unknown>
): Promise<void> {
  const reservations = await readReservations(container, parcel.items.map(({ id }) => id))
  const elsewhere = reservations.filter(({ lineId, locationId }) => parcel.scattered.includes(lineId) && locationId !== parcel.locationId)
  const guard = await guardStockCount(container, order, parcel, reservations, { shippedAt: shippedAt(said), back })
  try {
    await withReservationsDetached(container, elsewhere, work)
  } catch (error) {
    await guard.undo()
    throw error
  }
  await guard.restore()
}

async function fulfillParcel(
  context: EffectContext,
  order: LoadedOrder,
  parcel: Parcel,
  back: PutBack,
  metadata: Record<string, unknown> | undefined
): Promise<void> {
  const { container, orderId } = context
  const { profileId, lacksProfile, locationId, items } = parcel
  const optionId = await shippingOptionFor(container, order, profileId)
  const lines = lacksProfile ? { items_list: await linesWithoutProduct(container, orderId, items) } : {}
  await withPreparedStock(context, order, parcel, back, () =>
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

function undoneOf(order: LoadedOrder, { id, quantity }: { id: string; quantity: number }, message: string): Undone {
  const sku = order.items.find((line) => line.id === id)?.variant_sku ?? ""
  const why = quantity < LEAST_PIECES ? " Medusa fulfills no less than one piece of a line at a time." : ""
  return { line_item_id: id, sku, quantity, reason: `${message}${why}` }
}

/**
 * Fulfills lines: their pieces leave the stock, and their reservations end. Pieces that a reduction has taken out of the stock
 * before are put back first, so that they leave once. Parcels that Medusa refuses are added to `undone`.
 * @param metadata the metadata of the new fulfillments
 */
export async function fulfill(
  context: EffectContext,
  order: LoadedOrder,
  quantities: Quantities,
  metadata?: Record<string, unknown>
): Promise<void> {
  const { container, orderId, done, undone } = context
  if (quantities.size === 0) {
    return
  }
  await withStockForFulfillment(container, orderId, quantities, async (back) => {
    const { parcels, added } = await prepare(container, order, quantities)
    let fulfilled: Quantities = new Map()
    try {
      for (const parcel of parcels) {
        try {
          await fulfillParcel(context, order, parcel, back, metadata)
          fulfilled = plus(fulfilled, new Map(parcel.items.map(({ id, quantity }) => [id, quantity])))
          done.add("fulfilled")
        } catch (error) {
          if (!isWireError(error) || error.code !== "CONFLICT") {
            throw error
          }
          undone.push(...parcel.items.map((item) => undoneOf(order, item, error.message)))
        }
      }
    } finally {
      await releaseNeedlessReservations(container, order, minus(quantities, fulfilled), fulfilled, added)
    }
  })
}
