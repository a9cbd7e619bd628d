import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Reservation } from "../move-stock/books"
import type { Quantities } from "./lines"
import type { OrderLine, OrderState } from "./order-state"
import { piecesLacking, piecesReserved } from "./reserve-missing"

/** Lines that Medusa fulfils together. */
export type Parcel = {
  /** the goods' shipping profile; null where any shipping option will do */
  profileId: string | null
  /** whether these are goods to be shipped whose product has no shipping profile */
  lacksProfile: boolean
  locationId: string | null
  items: { id: string; quantity: number }[]
  /** those of the lines that are reserved at other locations too, of which this fulfilment must not see */
  scattered: string[]
  /** whether nothing is reserved of it, though Medusa keeps its stock */
  isLacking: boolean
}

type Share = {
  locationId: string | null
  quantity: number
  isScattered: boolean
  /** whether nothing is reserved of it, so that Medusa refuses it where it keeps the stock */
  isLacking: boolean
}

const isScattered = (reservations: readonly Reservation[]) =>
  new Set(reservations.map(({ itemId }) => itemId)).size < reservations.length

/** A line whose goods are reserved at several locations leaves from each of them in a parcel of its own. */
function scatteredShares(line: OrderLine, quantity: number, reservations: readonly Reservation[]): Share[] {
  let rest = quantity
  const shares = [...new Set(reservations.map(({ locationId }) => locationId))].map((locationId): Share => {
    const share = Math.min(rest, piecesReserved(line, reservations, locationId))
    rest -= share
    return { locationId, quantity: share, isScattered: true, isLacking: false }
  })
  return [...shares, { locationId: null, quantity: rest, isScattered: false, isLacking: true }]
}

function sharesOf(line: OrderLine, quantity: number, reservations: readonly Reservation[], usual: string | null): Share[] {
  if (isScattered(reservations)) {
    return scatteredShares(line, quantity, reservations)
  }
  const [only = usual, ...others] = new Set(reservations.map((reservation) => reservation.locationId))
  // a bundle's parts may each lie at a location of its own, from which Medusa takes them
  const locationId = others.length === 0 ? only : null
  const lacking = piecesLacking(line, quantity, reservations)
  return [
    { locationId, quantity: quantity - lacking, isScattered: false, isLacking: false },
    { locationId, quantity: lacking, isScattered: false, isLacking: true },
  ]
}

/**
 * Divides lines as Medusa wants its fulfilments: what needs shipping apart from what does not, each shipping profile
 * and each location by itself. Lines without a reservation go along with the others, or from the default location; what
 * lacks the one that it needs is by itself and comes last, for Medusa to say so and to refuse nothing else with it.
 * @param reservations those of the lines, of which no two are of the same item at the same location
 */
export function parcelsOf(
  container: MedusaContainer,
  order: OrderState,
  quantities: Quantities,
  reservations: readonly Reservation[]
): Parcel[] {
  const { options } = container.resolve<OdooModuleService>(ODOO_MODULE)
  const usual = options.defaultLocationId ?? reservations[0]?.locationId ?? null
  const parcels = new Map<string, Parcel>()
  const shares = order.items.flatMap((line) => {
    const own = reservations.filter(({ lineId }) => lineId === line.id)
    return sharesOf(line, quantities.get(line.id) ?? 0, own, usual).map((share) => ({ line, share }))
  })
  for (const { line, share } of shares.filter(({ share: { quantity } }) => quantity > 0)) {
    const profileId = line.requires_shipping ? (line.variant?.product?.shipping_profile?.id ?? null) : null
    const key = JSON.stringify([line.requires_shipping, profileId, share.locationId, share.isLacking ? line.id : null])
    const lacksProfile = line.requires_shipping && profileId === null
    const present = parcels.get(key) ?? {
      profileId,
      lacksProfile,
      locationId: share.locationId,
      items: [],
      scattered: [],
      isLacking: share.isLacking,
    }
    parcels.set(key, {
      ...present,
      items: [...present.items, { id: line.id, quantity: share.quantity }],
      scattered: [...present.scattered, ...(share.isScattered ? [line.id] : [])],
    })
  }
  return [...parcels.values()].sort((one, other) => Number(one.isLacking) - Number(other.isLacking))
}
