import type { PageRequest } from "../../../wire/list"
import type { EventFilters, EventRow } from "../types"
import type { Db } from "./db"
import { EVENT_COLUMNS, eventFilter } from "./event-filter"
import { selectPage, type Page } from "./page"

/** One page of events, oldest first, without their bodies. Hand-written, because the ORM can not say what waits behind what. */
export function selectEventPage(db: Db, filters: EventFilters, page: PageRequest): Promise<Page<EventRow>> {
  const { conditions, bindings } = eventFilter(filters)
  return selectPage(
    db,
    { columns: EVENT_COLUMNS, from: "odoo_event AS event", conditions, createdAt: "event.created_at", id: "event.id" },
    bindings,
    page
  )
}
