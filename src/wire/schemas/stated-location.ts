import { z } from "zod"

import { blankOptional, lineSchema, odooNameSchema, readMany2one, saysNothing } from "../normalise"
import { odooIdSchema } from "../odoo-id"

/** The location of a stock, as a push names it; no members where it names none. */
export type StatedLocation = {
  /** Medusa's id of a stock location, or Odoo's id or complete name of a location */
  locationId?: string | undefined
  /** the id of a warehouse in Odoo, where no location is named */
  warehouseId?: string | undefined
  /** the name of the location or warehouse; for a location, its complete name (`WH/Stock`) */
  locationName?: string | undefined
}

const NO_REFERENCE = "must be an id, or [id, name]"

const part = z.preprocess((value) => (saysNothing(value) ? false : value), z.union([z.int().min(1), lineSchema, z.literal(false)]))

/** A reference to a record in Odoo: its id, or id and name as `[8, "WH/Stock"]`. */
const reference = blankOptional(
  z.union([z.array(part).min(1).max(2), odooIdSchema], NO_REFERENCE).transform((value, context) => {
    const id = odooIdSchema.safeParse(value)
    if (!id.success) {
      context.addIssue({ code: "custom", message: NO_REFERENCE })
      return z.NEVER
    }
    const name = readMany2one(value)?.name
    return { id: id.data, name: typeof name === "string" ? name : undefined }
  })
)

/** The members that name the location of an item (contract 5). */
export const locationMembers = {
  location_id: reference.describe(
    "the stock location: Medusa's id, or Odoo's location as `8` or `[8, \"WH/Stock\"]`, which is found by the option `odoo.locations` or by its name"
  ),
  warehouse_name: odooNameSchema.describe("the name of a stock location or of Odoo's warehouse, where `location_id` is left out"),
  warehouse_id: reference.describe("Odoo's warehouse, as `3` or `[3, \"Main\"]`, where `location_id` is left out"),
}

type LocationMembers = { [Name in keyof typeof locationMembers]?: z.output<(typeof locationMembers)[Name]> }

/** Reads the location of an item. A location is more precise than its warehouse, so the warehouse counts only without one. */
export function toStatedLocation({ location_id: location, warehouse_name: name, warehouse_id: warehouse }: LocationMembers): StatedLocation {
  return location === undefined
    ? { warehouseId: warehouse?.id, locationName: name ?? warehouse?.name }
    : { locationId: location.id, locationName: location.name }
}
