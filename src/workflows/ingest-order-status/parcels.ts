import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Reservation } from "../move-stock/books"
import type { Quantities } from "./lines"
import type { OrderLine, OrderState } from "./order-state"

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
}

type Share = { locationId: string | null; quantity: number; isScattered: boolean }

const isScattered = (reservations: readonly Reservation[]) =>
  new Set(reservations.map(({ itemId }) => itemId)).size < reservations.length

/** How many whole pieces of a line are reserved at a location. */
function piecesAt(line: OrderLine, locationId: string, reservations: readonly Reservation[]): number {
  const items = new Set(reservations.map(({ itemId }) => itemId))
  const pieces = [...items].map((itemId) => {
    const perPiece = line.variant?.inventory_items?.find((part) => part?.inventory_item_id === itemId)?.required_quantity ?? 1
    const there = reservations.filter((each) => each.itemId === itemId && each.locationId === locationId)
    return Math.floor(there.reduce((sum, { quantity }) => sum + quantity, 0) / perPiece)
  })
  return Math.min(...pieces)
}

/** A line whose goods are reserved at several locations leaves from each of them in a parcel of its own. */
function scatteredShares(line: OrderLine, quantity: number, reservations: readonly Reservation[]): Share[] {
  let rest = quantity
  const shares = [...new Set(reservations.map(({ locationId }) => locationId))].flatMap((locationId): Share[] => {
    const share = Math.min(rest, piecesAt(line, locationId, reservations))
    rest -= share
    return share > 0 ? [{ locationId, quantity: share, isScattered: true }] : []
  })
  const [first, ...others] = shares
  // what is not reserved anywhere as a whole goes with the first, for Medusa to say what it lacks
  return first === undefined
    ? [{ locationId: null, quantity, isScattered: false }]
    : [{ ...first, quantity: first.quantity + rest }, ...others]
}

function sharesOf(line: OrderLine, quantity: number, reservations: readonly Reservation[], usual: string | null): Share[] {
  if (isScattered(reservations)) {
    return scatteredShares(line, quantity, reservations)
  }
  const [locationId = usual, ...others] = new Set(reservations.map((reservation) => reservation.locationId))
  // a bundle's parts may each lie at a location of its own, from which Medusa takes them
  return [{ locationId: others.length === 0 ? locationId : null, quantity, isScattered: false }]
}

/**
 * Divides lines as Medusa wants its fulfilments: what needs shipping apart from what does not, each shipping profile
 * and each location by itself. Lines without a reservation go along with the others, or from the default location.
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
  for (const line of order.items) {
    const own = reservations.filter(({ lineId }) => lineId === line.id)
    const profileId = line.requires_shipping ? (line.variant?.product?.shipping_profile?.id ?? null) : null
    const quantity = quantities.get(line.id) ?? 0
    for (const share of quantity > 0 ? sharesOf(line, quantity, own, usual) : []) {
      const key = JSON.stringify([line.requires_shipping, profileId, share.locationId])
      const lacksProfile = line.requires_shipping && profileId === null
      const present = parcels.get(key) ?? { profileId, lacksProfile, locationId: share.locationId, items: [], scattered: [] }
      parcels.set(key, {
        ...present,
        items: [...present.items, { id: line.id, quantity: share.quantity }],
        scattered: [...present.scattered, ...(share.isScattered ? [line.id] : [])],
      })
    }
  }
  return [...parcels.values()]
}
