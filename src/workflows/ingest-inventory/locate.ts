import type { StockLocationRow } from "../../modules/odoo/sql/select-stock-locations"
import { invalidInput, type WireError } from "../../wire/errors"
import type { StockStatement } from "../../wire/schemas/inventory"

/** A location, or why there is none. */
export type Located = { id: string } | { missing: string }

/**
 * Finds the location that a statement means: the one that it names, else the default of the options, else the shop's
 * only one (contract 5).
 * @returns undefined when the statement names none, and none can be told
 */
export function locationFinder(locations: readonly StockLocationRow[], defaultId: string | null) {
  const byId = new Map(locations.map((location) => [location.id, location.id]))
  const only = locations.length === 1 ? locations[0]?.id : undefined
  const fallback = defaultId === null ? only : byId.get(defaultId)
  return (statement: Pick<StockStatement, "locationId" | "locationName">): Located | undefined => {
    if (statement.locationId !== undefined) {
      const id = byId.get(statement.locationId)
      return id === undefined ? { missing: `there is no stock location ${statement.locationId}` } : { id }
    }
    if (statement.locationName !== undefined) {
      const wanted = statement.locationName.toLowerCase()
      const [named, ...others] = locations.filter(({ name }) => name.trim().toLowerCase() === wanted)
      if (named === undefined) {
        return { missing: `there is no stock location named ${statement.locationName}` }
      }
      return others.length === 0 ? { id: named.id } : { missing: `several stock locations are named ${statement.locationName}` }
    }
    return fallback === undefined ? undefined : { id: fallback }
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
