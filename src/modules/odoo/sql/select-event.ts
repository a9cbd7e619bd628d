import type { AttemptRow, EventRow } from "../types"
import { rowsOf, type Db } from "./db"
import { EVENT_COLUMNS } from "./event-filter"

/** One event with its body; undefined for none. Hand-written, because the ORM can not say what it waits behind. */
export async function selectEvent(db: Db, id: string): Promise<(EventRow & { body: string }) | undefined> {
  const rows = await rowsOf<EventRow & { body: string }>(
    db,
    `SELECT ${EVENT_COLUMNS}, event.body FROM odoo_event AS event WHERE event.id = :id AND event.deleted_at IS NULL`,
    { id }
  )
  return rows[0]
}

/** The attempts of an event, first to last. Beside the event, because they are shown together. */
export function selectAttempts(db: Db, eventId: string): Promise<AttemptRow[]> {
  return rowsOf<AttemptRow>(
    db,
    `SELECT number, started_at, duration_ms, http_status, error_class, error_message, reply
     FROM odoo_attempt WHERE event_id = :eventId AND deleted_at IS NULL
     ORDER BY number`,
    { eventId }
  )
}
