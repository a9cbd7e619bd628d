import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectInventoryPage } from "../read-model/inventory/select-inventory-page"
import { selectStockLocations } from "../read-model/inventory/select-stock-locations"
import { WireError } from "../wire/errors"
import { inventoryDocument } from "../wire/inventory-document"
import { listEnvelope, pageRequest } from "../wire/list"
import type { ListInventoryQuery } from "../wire/schemas/inventory-list"

/**
 * One page of stock, a row for each item and location (contract 2). The number of statements does not depend on the
 * size of the page.
 * @throws WireError `NOT_FOUND` for a location that does not exist, `VALIDATION_ERROR` for a cursor that the plugin did not make
 */
export async function listInventory(container: MedusaContainer, query: ListInventoryQuery) {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const request = pageRequest(query)
  const { location_id: locationId } = query
  if (locationId !== undefined && !(await selectStockLocations(db)).some(({ id }) => id === locationId)) {
    throw new WireError("NOT_FOUND", "There is no such stock location.")
  }
  const withProducts = query.include_products ?? false
  const page = await selectInventoryPage(
    db,
    {
      sku: query.sku,
      availableBelow: query.low_stock === true ? query.low_stock_threshold : undefined,
      locationId,
      updatedSince: query.updated_since,
    },
    { withProducts, page: request }
  )
  return { inventory: page.rows.map((row) => inventoryDocument(row, withProducts)), ...listEnvelope(request, page) }
}
