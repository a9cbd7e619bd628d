import { generateEntityId } from "@medusajs/framework/utils"

import type { NewEvent, RecordState } from "../types"
import { rowsOf, type Db } from "./db"

/** Writes an event that is due at once. Hand-written, because it shares the transaction of the record's state. */
export async function insertEvent(
  db: Db,
  record: Pick<RecordState, "record_kind" | "record_id">,
  event: NewEvent
): Promise<string> {
  const id = generateEntityId(undefined, "oevt")
  await rowsOf(
    db,
    `INSERT INTO odoo_event (id, record_kind, record_id, name, body, status, next_attempt_at)
     VALUES (:id, :record_kind, :record_id, :name, :body, 'pending', now())`,
    { id, record_kind: record.record_kind, record_id: record.record_id, name: event.name, body: event.body }
  )
  return id
}
