import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import {
  selectInventoryItems,
  selectInventoryItemsIgnoringCase,
  type InventoryItemRow,
} from "../../modules/odoo/sql/select-inventory-items"
import { selectStockLocations, type StockLocationRow } from "../../modules/odoo/sql/select-stock-locations"
import { invalidInput, type WireError } from "../../wire/errors"
import type { StockOutcome } from "../../wire/inventory-answers"
import type { StockItem, StockStatement } from "../../wire/schemas/inventory"
import type { ResolvedStatement } from "./plan-stock"

/**
 * Finds the item of every SKU: exactly as it is written, else whatever its case where that is unambiguous
 * (contract 1, "Tolerance"). Two statements at the most, however many SKUs there are.
 */
async function findItems(container: MedusaContainer, skus: readonly string[]): Promise<Map<string, string>> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const found = new Map((await selectInventoryItems(db, skus)).map((item) => [item.sku, item.id]))
  const missing = skus.filter((sku) => !found.has(sku))
  if (missing.length > 0) {
    const byLowerCase = new Map<string, InventoryItemRow[]>()
    for (const item of await selectInventoryItemsIgnoringCase(db, missing)) {
      const key = item.sku.toLowerCase()
      byLowerCase.set(key, [...(byLowerCase.get(key) ?? []), item])
    }
    for (const sku of missing) {
      const [item, ...others] = byLowerCase.get(sku.toLowerCase()) ?? []
      if (item !== undefined && others.length === 0) {
        found.set(sku, item.id)
      }
    }
  }
  return found
}

/** Finds the location that a statement means. A text says why there is none. */
function locationFinder(locations: readonly StockLocationRow[], defaultId: string | null) {
  const byId = new Map(locations.map((location) => [location.id, location.id]))
  const only = locations.length === 1 ? locations[0]?.id : undefined
  const fallback = defaultId === null ? only : byId.get(defaultId)
  return (statement: StockStatement): { id: string } | { missing: string } | undefined => {
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

function ambiguousLocation(locations: readonly StockLocationRow[], index: number): WireError {
  const message =
    locations.length === 0
      ? "the shop has no stock location"
      : "must be named: the shop has several stock locations and the option defaultLocationId names none of them"
  return invalidInput(`items[${String(index)}].location_id`, message, { locations: locations.map(({ id, name }) => ({ id, name })) })
}

const refused = (sku: string, status: "not_found" | "failed", code: string, message: string): StockOutcome => ({
  sku,
  status,
  location_id: null,
  previous_quantity: null,
  new_quantity: null,
  code,
  message,
})

/**
 * Finds what each item is about. One that can not be read, or that is about nothing, gets its outcome here, and the
 * others go on.
 * @throws WireError `VALIDATION_ERROR` that lists the locations, when one is needed and none can be told
 */
export async function resolveItems(
  container: MedusaContainer,
  items: readonly StockItem[]
): Promise<(ResolvedStatement | StockOutcome)[]> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const locations = await selectStockLocations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const skus = items.flatMap((item) => ("unreadable" in item ? [] : item.sku))
  const itemIds = await findItems(container, [...new Set(skus)])
  const locate = locationFinder(locations, odoo.options.defaultLocationId)
  return items.map((item, index) => {
    if ("unreadable" in item) {
      return refused(item.sku, "failed", "VALIDATION_ERROR", item.unreadable)
    }
    const location = locate(item)
    if (location === undefined) {
      throw ambiguousLocation(locations, index)
    }
    const { sku, adjustment, quantity } = item
    const itemId = itemIds.get(sku)
    if (itemId === undefined) {
      return refused(sku, "not_found", "SKU_NOT_FOUND", "no stock record has this SKU")
    }
    if ("missing" in location) {
      return refused(sku, "failed", "NOT_FOUND", location.missing)
    }
    return { sku, itemId, locationId: location.id, adjustment, quantity }
  })
}
