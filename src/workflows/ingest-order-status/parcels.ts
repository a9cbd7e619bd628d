import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { minusQuantity } from "../../wire/counts"
import type { Reservation } from "../move-stock/stock-ledger"
import type { Quantities } from "./lines"
import type { OrderLine, LoadedOrder } from "./load-order"
import { piecesLacking, piecesReserved } from "./reserve-missing"

/** The lines of one fulfillment. */
export type Parcel = {
  /** the shipping profile of the goods; null where any shipping option fits */
  profileId: string | null
  /** whether the goods require shipping, and their product has no shipping profile */
  lacksProfile: boolean
  locationId: string | null
  items: { id: string; quantity: number }[]
  /** the ids of lines with reservations at other locations, which this fulfillment must not take from */
  scattered: string[]
  /** whether Medusa is likely to refuse the fulfillment */
  isDoubtful: boolean
}

type Share = {
  locationId: string | null
  quantity: number
  isScattered: boolean
  /** whether the pieces have no reservation, so that Medusa refuses them where it manages the stock */
  isLacking: boolean
}

/** The fewest pieces of a line that Medusa fulfills. Fewer it refuses as not greater than 0. */
export const LEAST_PIECES = 1

const isScattered = (reservations: readonly Reservation[]) =>
  new Set(reservations.map(({ itemId }) => itemId)).size < reservations.length

/** Divides a line whose goods are reserved at several locations into one share for each location. */
function scatteredShares(line: OrderLine, quantity: number, reservations: readonly Reservation[]): Share[] {
  let rest = quantity
  const shares = [...new Set(reservations.map(({ locationId }) => locationId))].map((locationId): Share => {
    const share = Math.min(rest, piecesReserved(line, quantity, reservations, locationId))
    rest = minusQuantity(rest, share)
    return { locationId, quantity: share, isScattered: true, isLacking: false }
  })
  return [...shares, { locationId: null, quantity: rest, isScattered: false, isLacking: true }]
}

function sharesOf(line: OrderLine, quantity: number, reservations: readonly Reservation[], usual: string | null): Share[] {
  if (isScattered(reservations)) {
    return scatteredShares(line, quantity, reservations)
  }
  const [only = usual, ...others] = new Set(reservations.map((reservation) => reservation.locationId))
  // the parts of a bundle may lie at different locations; without a location Medusa takes each from its reservation
  const locationId = others.length === 0 ? only : null
  const lacking = piecesLacking(line, quantity, reservations)
  return [
    { locationId, quantity: minusQuantity(quantity, lacking), isScattered: false, isLacking: false },
    { locationId, quantity: lacking, isScattered: false, isLacking: true },
  ]
}

/**
 * Divides lines into parcels as Medusa requires: one for each combination of requiring shipping or not, shipping profile and
 * location. Lines that need no reservation leave from the default location, or else from that of the first reservation.
 * Pieces without a needed reservation, and less than one piece, get a parcel of their own at the end, so that Medusa refuses
 * nothing else with them.
 * @param reservations the reservations of the lines, at most one for each line, item and location
 */
export function parcelsOf(
  container: MedusaContainer,
  order: LoadedOrder,
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
    const isDoubtful = share.isLacking || share.quantity < LEAST_PIECES
    const key = JSON.stringify([line.requires_shipping, profileId, share.locationId, isDoubtful ? line.id : null])
    const lacksProfile = line.requires_shipping && profileId === null
    const present = parcels.get(key) ?? {
      profileId,
      lacksProfile,
      locationId: share.locationId,
      items: [],
      scattered: [],
      isDoubtful,
    }
    parcels.set(key, {
      ...present,
      items: [...present.items, { id: line.id, quantity: share.quantity }],
      scattered: [...present.scattered, ...(share.isScattered ? [line.id] : [])],
    })
  }
  return [...parcels.values()].sort((one, other) => Number(one.isDoubtful) - Number(other.isDoubtful))
}
