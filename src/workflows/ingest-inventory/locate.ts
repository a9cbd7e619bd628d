import type { StockLocationRow } from "../../read-model/inventory/select-stock-locations"
import { invalidInput, type WireError } from "../../wire/errors"
import type { StatedLocation } from "../../wire/schemas/stated-location"

/** A location, or why there is none. */
export type Located = { id: string } | { missing: string }

/** The stock location of each location or warehouse in Odoo: the option `odoo.locations`. */
export type LocationMapping = Readonly<Record<string, string>>

/** Names are compared without outer blanks and in any case of the letters. */
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

/** The message for a named location or warehouse that is no stock location of the shop. */
function missingLocation({ locationId, warehouseId, locationName }: StatedLocation): string {
  const odooId = warehouseId ?? (locationName !== undefined || /^\d+$/.test(locationId ?? "") ? locationId : undefined)
  if (odooId === undefined) {
    return `there is no stock location ${locationId ?? `named ${locationName ?? ""}`}`
  }
  const kind = warehouseId === undefined ? "location" : "warehouse"
  const name = locationName === undefined ? "" : ` (${locationName})`
  return `Odoo's ${kind} ${odooId}${name} is no stock location of the shop: say which one it is in the option odoo.locations`
}

/**
 * Makes a function that finds the stock location of a statement: the named one, else the default of the options, else the only one
 * of the shop (contract 5). A location or warehouse in Odoo is found by the mapping, else by the name of a stock location.
 * @param defaultId the option `defaultLocationId`; null for none
 * @param mapping the option `odoo.locations`
 * @returns a function whose result has `missing`, the reason, for a named location that does not exist, and is undefined for a
 *   statement without a location where the shop has several locations
 */
export function locationFinder(locations: readonly StockLocationRow[], defaultId: string | null, mapping: LocationMapping = {}) {
  const find = shopLocationFinder(locations)
  const mapped = new Map(Object.entries(mapping).map(([odoo, location]) => [readable(odoo), location]))
  const only = locations.length === 1 ? locations[0]?.id : undefined
  const fallback = defaultId === null ? only : locations.find(({ id }) => id === defaultId)?.id
  return (stated: StatedLocation): Located | undefined => {
    const { locationId, warehouseId, locationName } = stated
    const names = [locationId, warehouseId, locationName].filter((name) => name !== undefined)
    if (names.length === 0) {
      return fallback === undefined ? undefined : { id: fallback }
    }
    const location = names.map((name) => mapped.get(readable(name))).find((known) => known !== undefined)
    if (location !== undefined) {
      return find(location) ?? { missing: `the option odoo.locations leads to ${location}, which is no stock location of the shop` }
    }
    const own = locationName ?? locationId
    return (own === undefined ? undefined : find(own)) ?? { missing: missingLocation(stated) }
  }
}

/** The reason why a statement needs a location. It lists the locations, because callers may see only this text. */
export function locationNeeded(locations: readonly StockLocationRow[]): string {
  const names = locations.map(({ id, name }) => `${name} (${id})`).join(", ")
  return locations.length === 0
    ? "the shop has no stock location"
    : `must be named: the option defaultLocationId names none of the shop's stock locations, which are ${names}`
}

/** The `VALIDATION_ERROR` for a push in which every item needs a location. */
export function ambiguousLocation(locations: readonly StockLocationRow[], path: string): WireError {
  return invalidInput(path, locationNeeded(locations), { locations: locations.map(({ id, name }) => ({ id, name })) })
}
