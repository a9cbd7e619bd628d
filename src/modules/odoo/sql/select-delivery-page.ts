import type { PageRequest } from "../../../wire/list"
import type { DeliveryFilters, DeliveryRow } from "../types"
import type { Db } from "../../../database/statement"
import { DELIVERY_COLUMNS, deliveryFilter } from "./delivery-filter"
import { selectPage, type Page } from "../../../database/page"

/** One page of deliveries, oldest first, without their bodies. Hand-written, because the ORM can not say what waits behind what. */
export function selectDeliveryPage(db: Db, filters: DeliveryFilters, page: PageRequest): Promise<Page<DeliveryRow>> {
  const { conditions, bindings } = deliveryFilter(filters)
  return selectPage(
    db,
    { columns: DELIVERY_COLUMNS, from: "odoo_delivery AS delivery", conditions, createdAt: "delivery.created_at", id: "delivery.id" },
    bindings,
    page
  )
}
