import { createOrderFulfillmentWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { orConflict } from "../change-order/refusal"
import { giveBack } from "../reduce-stock/give-back"
import { reduceOrder } from "../reduce-stock/reduce-order"
import type { EffectContext } from "./effect"
import type { Quantities } from "./lines"
import type { OrderLine, OrderState } from "./order-state"
import { shippingOptionFor } from "./shipping-option"

/** Lines that Medusa fulfils together. */
type Parcel = { profileId: string | null; locationId: string | null; items: { id: string; quantity: number }[] }

/** Where each line's stock is reserved; null for a line with stock at several locations, which are each left as they are. */
async function reservedAt(container: MedusaContainer, lineIds: string[]): Promise<Map<string, string | null>> {
  const reservations = await container
    .resolve(Modules.INVENTORY)
    .listReservationItems({ line_item_id: lineIds }, { select: ["line_item_id", "location_id"], take: null })
  const locations = new Map<string, string | null>()
  for (const { line_item_id: lineId, location_id: locationId } of reservations) {
    if (lineId) {
      locations.set(lineId, (locations.get(lineId) ?? locationId) === locationId ? locationId : null)
    }
  }
  return locations
}

/**
 * Divides lines as Medusa wants its fulfilments: what needs shipping apart from what does not, each shipping profile
 * and each location by itself. Lines without a reservation go along with the others, or from the default location.
 */
async function parcels(container: MedusaContainer, order: OrderState, quantities: Quantities): Promise<Parcel[]> {
  const { options } = container.resolve<OdooModuleService>(ODOO_MODULE)
  const locations = await reservedAt(container, [...quantities.keys()])
  const usual = options.defaultLocationId ?? [...locations.values()].find((location) => location !== null) ?? null
  const parcelOf = (line: OrderLine): Parcel => ({
    profileId: line.requires_shipping ? (line.variant?.product?.shipping_profile?.id ?? null) : null,
    locationId: locations.has(line.id) ? (locations.get(line.id) ?? null) : usual,
    items: [],
  })
  const found = new Map<string, Parcel>()
  for (const line of order.items) {
    const quantity = quantities.get(line.id)
    if (quantity !== undefined) {
      const parcel = parcelOf(line)
      const key = JSON.stringify([line.requires_shipping, parcel.profileId, parcel.locationId])
      const present = found.get(key) ?? parcel
      found.set(key, { ...present, items: [...present.items, { id: line.id, quantity }] })
    }
  }
  return [...found.values()]
}

/**
 * Makes fulfilments of lines: their stock leaves, and their reservations with it. What a reduction has taken out of the
 * stock before is put back first, so that it leaves once.
 * @param metadata what the fulfilments are remembered by
 * @throws WireError `CONFLICT` for what Medusa refuses; parcels before that one stay fulfilled
 */
export async function fulfil(
  { container, orderId, done }: EffectContext,
  order: OrderState,
  quantities: Quantities,
  metadata?: Record<string, unknown>
): Promise<void> {
  const givenBack = await giveBack(container, orderId, quantities)
  try {
    for (const { profileId, locationId, items } of await parcels(container, order, quantities)) {
      const optionId = await shippingOptionFor(container, order, profileId)
      await orConflict(() =>
        createOrderFulfillmentWorkflow(container).run({
          input: {
            order_id: orderId,
            items,
            shipping_option_id: optionId,
            ...(locationId === null ? {} : { location_id: locationId }),
            ...(metadata === undefined ? {} : { metadata }),
          },
        })
      )
      done.add("fulfilled")
    }
  } catch (error) {
    // what had left before has left; what the fulfilments took meanwhile does not leave twice
    await reduceOrder(container, orderId, givenBack)
    throw error
  }
}
