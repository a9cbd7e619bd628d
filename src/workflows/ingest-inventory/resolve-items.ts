import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { OpenReceipt } from "../../modules/odoo/types"
import { selectStockLocations, type StockLocationRow } from "../../modules/odoo/sql/select-stock-locations"
import type { StockOutcome } from "../../wire/inventory-answers"
import type { QuantityIs, StockItem, StockStatement } from "../../wire/schemas/inventory"
import { keepStockRecords } from "../stock-records/keep-stock-records"
import { findStockItems } from "./find-stock-items"
import { ambiguousLocation, locationFinder, locationNeeded } from "./locate"
import type { ResolvedStatement } from "./plan-stock"

export type IngestInventoryInput = {
  items: StockItem[]
  /** where the items stand in the request; `items` where it is left out, and null for a request that is one item itself */
  at?: string | null
  /** whether a SKU that the shop does not know gets a stock record, which waits for its variant */
  createMissing?: boolean
  /** the idempotency key that the request came with */
  receipt?: OpenReceipt | undefined
}

/** An item that is about no stock of the shop. */
export type Unresolved = {
  why: "unreadable" | "unknown_location" | "unknown_sku"
  /** how many it says, and of what; null where that can not be read */
  said: { quantity: number; quantityIs: QuantityIs } | null
  /** the location that it names, where there is one */
  locationId: string | null
  /** what a push answers */
  outcome: StockOutcome
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

/** An item whose location is known. */
export type Placed = { statement: StockStatement & { quantityIs: QuantityIs }; locationId: string }

/** What tells where an item belongs. */
export type Places = { locations: StockLocationRow[]; defaultLocationId: string | null; quantityIs: QuantityIs }

export async function readPlaces(container: MedusaContainer): Promise<Places> {
  const { defaultLocationId, quantityIs } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  const locations = await selectStockLocations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  return { locations, defaultLocationId, quantityIs }
}

/**
 * Finds the location of each item.
 * @throws WireError `VALIDATION_ERROR` that lists the locations, when every item needs one and none can be told
 */
export function placeItems(
  { items, at = "items" }: Pick<IngestInventoryInput, "items" | "at">,
  { locations, defaultLocationId, quantityIs: usual }: Places
): (Placed | Unresolved)[] {
  const locate = locationFinder(locations, defaultLocationId)
  const located = items.map((item) => ("unreadable" in item ? undefined : locate(item)))
  const nowhere = items.findIndex((item, index) => !("unreadable" in item) && located[index] === undefined)
  if (nowhere >= 0 && located.every((location) => location === undefined)) {
    throw ambiguousLocation(locations, at === null ? "location_id" : `${at}[${String(nowhere)}].location_id`)
  }
  return items.map((item, index): Placed | Unresolved => {
    const { sku } = item
    if ("unreadable" in item) {
      return { why: "unreadable", said: null, locationId: null, outcome: refused(sku, "failed", "VALIDATION_ERROR", item.unreadable) }
    }
    const location = located[index]
    const statement = { ...item, quantityIs: item.quantityIs ?? usual }
    if (location !== undefined && "id" in location) {
      return { statement, locationId: location.id }
    }
    const outcome =
      location === undefined
        ? refused(sku, "failed", "VALIDATION_ERROR", `location_id: ${locationNeeded(locations)}`)
        : refused(sku, "failed", "NOT_FOUND", location.missing)
    return { why: "unknown_location", said: statement, locationId: null, outcome }
  })
}

/** Makes stock records for those of these statements whose SKU nothing has, and adds their items. */
export async function keepUnknown(container: MedusaContainer, placed: readonly Placed[], itemIds: Map<string, string>): Promise<void> {
  const unknown = new Map(
    placed.flatMap(({ statement: { sku, title } }) => (itemIds.has(sku) ? [] : [[sku, { sku, title }] as const]))
  )
  if (unknown.size > 0) {
    for (const [sku, itemId] of await keepStockRecords(container, [...unknown.values()])) {
      itemIds.set(sku, itemId)
    }
  }
}

/**
 * The statement about an item, or what is answered where there is none.
 * @param differs whether it is known that the stock is not what it says
 */
export function resolve({ statement, locationId }: Placed, itemId: string | undefined, differs = false): ResolvedStatement | Unresolved {
  const { sku, adjustment, quantity, quantityIs, statedAt = null } = statement
  if (itemId === undefined) {
    const outcome = refused(sku, "not_found", "SKU_NOT_FOUND", "no stock record has this SKU")
    return { why: "unknown_sku", said: statement, locationId, outcome }
  }
  return { sku, itemId, locationId, adjustment, quantity, quantityIs, statedAt, differs }
}

/** The SKUs of statements, each once. */
export const skusOf = (placed: readonly Placed[]) => [...new Set(placed.map(({ statement }) => statement.sku))]

/**
 * Finds what each item is about. One that can not be read, or that is about nothing, gets its outcome here, and the
 * others go on.
 * @param onlyRead when nothing is to be written: what is kept of SKUs stays where it is
 * @throws WireError `VALIDATION_ERROR` that lists the locations, when every item needs one and none can be told
 */
export async function resolveItems(
  container: MedusaContainer,
  items: StockItem[],
  onlyRead: boolean
): Promise<(ResolvedStatement | Unresolved)[]> {
  const entries = placeItems({ items }, await readPlaces(container))
  const placed = entries.filter((entry): entry is Placed => "statement" in entry)
  const itemIds = await findStockItems(container, skusOf(placed), onlyRead)
  return entries.map((entry) => ("statement" in entry ? resolve(entry, itemIds.get(entry.statement.sku)) : entry))
}
