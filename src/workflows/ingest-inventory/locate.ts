import type { StockLocationRow } from "../../read-model/inventory/select-stock-locations"
import { invalidInput, type WireError } from "../../wire/errors"
import type { StockPlace } from "../../wire/schemas/place"

/** A location, or why there is none. */
export type Located = { id: string } | { missing: string }

/** Which stock location a location or warehouse of Odoo's is: the option `odoo.locations`. */
export type LocationMapping = Readonly<Record<string, string>>

/** Names are compared as people read them: without outer blanks, and whatever the case of their letters. */
const readable = (name: string) => name.trim().toLowerCase()

/** Finds a stock location by its id or its name. */
function shopLocationFinder(locations: readonly StockLocationRow[]) {
  const ids = new Set(locations.map(({ id }) => id))
  return (called: string): Located | undefined => {
    if (ids.has(called)) {
      return { id: called }
    }
    const [named, ...others] = locations.filter(({ name }) => readable(name) === readable(called))
    return named === undefined || others.length === 0 ? named : { missing: `several stock locations are named ${called}` }
  }
}

/** How a push has named a place that is none of the shop's. */
function missingPlace({ locationId, warehouseId, locationName }: StockPlace): string {
  const odooId = warehouseId ?? (locationName !== undefined || /^\d+$/.test(locationId ?? "") ? locationId : undefined)
  if (odooId === undefined) {
    return `there is no stock location ${locationId ?? `named ${locationName ?? ""}`}`
  }
  const kind = warehouseId === undefined ? "location" : "warehouse"
  const name = locationName === undefined ? "" : ` (${locationName})`
  return `Odoo's ${kind} ${odooId}${name} is no stock location of the shop: say which one it is in the option odoo.locations`
}

/**
 * Finds the stock location that a push means: the one that it names, else the default of the options, else the shop's
 * only one (contract 5). A location or warehouse of Odoo's is found by the mapping, else by the name of a stock location.
 * @param defaultId the option `defaultLocationId`; null finds, for a push that names nothing, the shop's only location alone
 * @param mapping the option `odoo.locations`
 * @returns what finds it: `missing` says why what is named is not there, and undefined is for a push that names nothing
 *   where the shop has several
 */
export function locationFinder(locations: readonly StockLocationRow[], defaultId: string | null, mapping: LocationMapping = {}) {
  const find = shopLocationFinder(locations)
  const mapped = new Map(Object.entries(mapping).map(([odoo, location]) => [readable(odoo), location]))
  const only = locations.length === 1 ? locations[0]?.id : undefined
  const fallback = defaultId === null ? only : locations.find(({ id }) => id === defaultId)?.id
  return (place: StockPlace): Located | undefined => {
    const { locationId, warehouseId, locationName } = place
    const names = [locationId, warehouseId, locationName].filter((name) => name !== undefined)
    if (names.length === 0) {
      return fallback === undefined ? undefined : { id: fallback }
    }
    const location = names.map((name) => mapped.get(readable(name))).find((known) => known !== undefined)
    if (location !== undefined) {
      return find(location) ?? { missing: `the option odoo.locations leads to ${location}, which is no stock location of the shop` }
    }
    const own = locationName ?? locationId
    return (own === undefined ? undefined : find(own)) ?? { missing: missingPlace(place) }
  }
}

/** Why a push has to name its location. It lists them, for whoever sees nothing but this. */
export function locationNeeded(locations: readonly StockLocationRow[]): string {
  const names = locations.map(({ id, name }) => `${name} (${id})`).join(", ")
  return locations.length === 0
    ? "the shop has no stock location"
    : `must be named: the option defaultLocationId names none of the shop's stock locations, which are ${names}`
}

/** The `VALIDATION_ERROR` for a push of which every item needs a location. */
export function ambiguousLocation(locations: readonly StockLocationRow[], path: string): WireError {
  return invalidInput(path, locationNeeded(locations), { locations: locations.map(({ id, name }) => ({ id, name })) })
}
