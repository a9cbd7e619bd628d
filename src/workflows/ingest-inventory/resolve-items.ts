import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { OpenReceipt } from "../../modules/odoo/types"
import { selectStockLocations } from "../../modules/odoo/sql/select-stock-locations"
import type { StockOutcome } from "../../wire/inventory-answers"
import type { StockItem, StockStatement } from "../../wire/schemas/inventory"
import { keepStockRecords } from "../stock-records/keep-stock-records"
import { findStockItems } from "./find-stock-items"
import { ambiguousLocation, locationFinder, locationNeeded, type Located } from "./locate"
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

const refused = (sku: string, status: "not_found" | "failed", code: NonNullable<StockOutcome["code"]>, message: string): StockOutcome => ({
  sku,
  status,
  location_id: null,
  previous_quantity: null,
  new_quantity: null,
  code,
  message,
})

type Readable = { statement: StockStatement; location: Located }

/** Makes stock records for what is unknown and could be applied, and adds their items. */
async function keepUnknown(container: MedusaContainer, readable: readonly Readable[], itemIds: Map<string, string>): Promise<void> {
  const unknown = new Map(
    readable.flatMap(({ statement: { sku, title }, location }) =>
      "id" in location && !itemIds.has(sku) ? [[sku, { sku, title }] as const] : []
    )
  )
  if (unknown.size > 0) {
    for (const [sku, itemId] of await keepStockRecords(container, [...unknown.values()])) {
      itemIds.set(sku, itemId)
    }
  }
}

/**
 * Finds what each item is about. One that can not be read, or that is about nothing, gets its outcome here, and the
 * others go on.
 * @throws WireError `VALIDATION_ERROR` that lists the locations, when every item needs one and none can be told
 */
export async function resolveItems(
  container: MedusaContainer,
  input: IngestInventoryInput
): Promise<(ResolvedStatement | StockOutcome)[]> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const locations = await selectStockLocations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const locate = locationFinder(locations, odoo.options.defaultLocationId)
  const located = input.items.map((item) => ("unreadable" in item ? undefined : locate(item)))
  const nowhere = input.items.findIndex((item, index) => !("unreadable" in item) && located[index] === undefined)
  if (nowhere >= 0 && located.every((location) => location === undefined)) {
    const { at = "items" } = input
    throw ambiguousLocation(locations, at === null ? "location_id" : `${at}[${String(nowhere)}].location_id`)
  }
  const read = input.items.map((item, index): Readable | StockOutcome => {
    if ("unreadable" in item) {
      return refused(item.sku, "failed", "VALIDATION_ERROR", item.unreadable)
    }
    const location = located[index]
    return location === undefined
      ? refused(item.sku, "failed", "VALIDATION_ERROR", `location_id: ${locationNeeded(locations)}`)
      : { statement: item, location }
  })
  const readable = read.filter((entry): entry is Readable => "statement" in entry)
  const itemIds = await findStockItems(container, [...new Set(readable.map(({ statement }) => statement.sku))])
  if (input.createMissing === true) {
    await keepUnknown(container, readable, itemIds)
  }
  return read.map((entry) => {
    if (!("statement" in entry)) {
      return entry
    }
    const { sku, adjustment, quantity, quantityIs = odoo.options.quantityIs, statedAt = null } = entry.statement
    const itemId = itemIds.get(sku)
    if ("missing" in entry.location) {
      return refused(sku, "failed", "NOT_FOUND", entry.location.missing)
    }
    if (itemId === undefined) {
      return refused(sku, "not_found", "SKU_NOT_FOUND", "no stock record has this SKU")
    }
    return { sku, itemId, locationId: entry.location.id, adjustment, quantity, quantityIs, statedAt }
  })
}
