import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { OpenReceipt } from "../../modules/odoo/types"
import { selectStockLocations, type StockLocationRow } from "../../read-model/inventory/select-stock-locations"
import { readCount, readPieces } from "../../wire/counts"
import type { StockOutcome } from "../../wire/inventory-answers"
import type { QuantityIs, StockItem, StockStatement } from "../../wire/schemas/inventory"
import { keepStockRecords } from "../stock-records/keep-stock-records"
import { addUpParts } from "./add-up-parts"
import { findItems, itemOf, type FoundItem, type FoundItems } from "./find-items"
import type { WithLocation, Unresolved } from "./statements"
import { ambiguousLocation, locationFinder, locationNeeded, type LocationMapping } from "./locate"
import type { ResolvedStatement } from "../stock-levels/plan-stock"

export type IngestInventoryInput = {
  items: StockItem[]
  /** the path of the items in the request; `items` where it is missing, null for a request with one item */
  at?: string | null
  /** whether to create stock records for SKUs that the shop does not know */
  createMissing?: boolean
  /** the receipt of the request's idempotency key */
  receipt?: OpenReceipt | undefined
}

const refused = (sku: string, status: "not_found" | "failed", code: NonNullable<StockOutcome["code"]>, message: string): StockOutcome => ({
  sku,
  status,
  location_id: null,
  previous_quantity: null,
  new_quantity: null,
  code,
  message,
})

/** The locations of the shop and the options that decide about location and quantity of an item. */
export type LocationContext = {
  locations: StockLocationRow[]
  defaultLocationId: string | null
  mapping: LocationMapping
  quantityIs: QuantityIs
  fractional: boolean
}

export async function readLocationContext(container: MedusaContainer): Promise<LocationContext> {
  const { defaultLocationId, quantityIs, fractionalQuantities: fractional, odoo } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  const locations = await selectStockLocations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  return { locations, defaultLocationId, mapping: odoo.locations, quantityIs, fractional }
}

/** Reads the quantity of an item, or the reason why it is refused. */
const readQuantity = ({ adjustment, quantity }: StockStatement, fractional: boolean) =>
  adjustment === "delta" ? readPieces(quantity, fractional) : readCount(quantity, fractional)

/**
 * Finds the location of each item, and reads its quantity.
 * @throws WireError `VALIDATION_ERROR` with the locations, when every item needs a location and none can be determined
 */
export function locateItems(
  { items, at = "items" }: Pick<IngestInventoryInput, "items" | "at">,
  { locations, defaultLocationId, mapping, quantityIs: usual, fractional }: LocationContext
): (WithLocation | Unresolved)[] {
  const locate = locationFinder(locations, defaultLocationId, mapping)
  const located = items.map((item) => ({ item, location: "unreadable" in item ? undefined : locate(item) }))
  const nowhere = located.findIndex(({ item, location }) => !("unreadable" in item) && location === undefined)
  if (nowhere >= 0 && located.every(({ location }) => location === undefined)) {
    throw ambiguousLocation(locations, at === null ? "location_id" : `${at}[${String(nowhere)}].location_id`)
  }
  const unreadable = (sku: string, reason: string): Unresolved => ({
    why: "unreadable",
    said: null,
    locationId: null,
    outcome: refused(sku, "failed", "VALIDATION_ERROR", reason),
  })
  return located.map(({ item, location }): WithLocation | Unresolved => {
    const { sku } = item
    if ("unreadable" in item) {
      return unreadable(sku, item.unreadable)
    }
    const reading = readQuantity(item, fractional)
    if ("refusal" in reading) {
      return unreadable(sku, `quantity: ${reading.refusal}`)
    }
    const statement = { ...item, quantityIs: item.quantityIs ?? usual }
    if (location !== undefined && "id" in location) {
      return { statement, reading, locationId: location.id }
    }
    const outcome =
      location === undefined
        ? refused(sku, "failed", "VALIDATION_ERROR", `location_id: ${locationNeeded(locations)}`)
        : refused(sku, "failed", "NOT_FOUND", location.missing)
    return { why: "unknown_location", said: { quantity: reading.quantity, quantityIs: statement.quantityIs }, locationId: null, outcome }
  })
}

/** Creates stock records for the unknown SKUs of these statements, and adds their items to `found`. */
export async function keepUnknown(container: MedusaContainer, statements: readonly WithLocation[], found: FoundItems): Promise<void> {
  const unknown = new Map(
    statements.flatMap(({ statement }) => {
      const { sku, title } = statement
      return sku === "" || itemOf(found, statement) !== undefined ? [] : [[sku, { sku, title }] as const]
    })
  )
  if (unknown.size > 0) {
    for (const [sku, itemId] of await keepStockRecords(container, [...unknown.values()])) {
      found.bySku.set(sku, itemId)
    }
  }
}

/** The statement with its inventory item, or the outcome where there is no item. */
export function resolve({ statement, reading, locationId }: WithLocation, item: FoundItem | undefined): ResolvedStatement | Unresolved {
  const { sku, odooId, adjustment, quantityIs, statedAt = null } = statement
  if (item === undefined) {
    const reason = sku === "" ? `no variant with a stock of its own stores the id ${odooId ?? ""} of Odoo` : "no stock record has this SKU"
    const outcome = refused(sku, "not_found", "SKU_NOT_FOUND", reason)
    return { why: "unknown_sku", said: { quantity: reading.quantity, quantityIs }, locationId, outcome }
  }
  return { sku: sku === "" ? item.sku : sku, itemId: item.itemId, locationId, adjustment, quantityIs, statedAt, ...reading }
}

/**
 * Finds the inventory item and location of each item of a push. An item that can not be read or found gets its outcome here.
 * @param onlyRead whether kept stock stays where it is, for a call that must not write
 * @param areParts whether the items are parts of stocks, which are added up by inventory item and location
 * @throws WireError `VALIDATION_ERROR` with the locations, when every item needs a location and none can be determined
 */
export async function resolveItems(
  container: MedusaContainer,
  items: StockItem[],
  onlyRead: boolean,
  areParts = false
): Promise<(ResolvedStatement | Unresolved)[]> {
  const context = await readLocationContext(container)
  const entries = locateItems({ items }, context)
  const statements = entries.flatMap((entry) => ("statement" in entry ? entry.statement : []))
  const found = await findItems(container, statements, onlyRead)
  const counts = areParts ? addUpParts(entries, found, context.fractional) : entries
  return counts.map((entry) => ("statement" in entry ? resolve(entry, itemOf(found, entry.statement)) : entry))
}
