import { generateEntityId } from "@medusajs/framework/utils"

import type { Origin } from "../../../wire/origin"
import type { NewEvent } from "../types"
import { rowsOf, type Db } from "../../../database/statement"
import { OPEN } from "./delivery-filter"
import type { RecordKey } from "./lock-records"

/**
 * Writes an event, and a delivery that is due at once for each destination that asks for it. Without such a destination, nothing
 * is written. Odoo is not told its own changes. A `<kind>.created` event marks the record's snapshot as announced to these
 * destinations, and its delivery to Odoo is written as delivered where Odoo has the record already. Hand-written, because the event
 * shares the transaction of the snapshot, which holds the lock of the record: under that lock it is decided whether a delivery is
 * the oldest open one.
 * @param to.destination the id of the only destination that is told; all that ask for the event where it is missing
 * @returns whether the event was written
 */
export async function insertEvent(
  db: Db,
  { record_kind: kind, record_id: recordId }: RecordKey,
  event: NewEvent,
  { context, direction }: Origin = { context: "unknown", direction: "outbound" },
  to: { destination?: string | undefined } = {}
): Promise<boolean> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `WITH destination AS (
       SELECT id,
         is_odoo AND :name = :kind || '.created' AND EXISTS (
           SELECT 1 FROM odoo_link WHERE record_kind = :kind AND record_id = :recordId AND deleted_at IS NULL
         ) AS has_record
       FROM odoo_destination
       WHERE :name = ANY(events) AND NOT (is_odoo AND :direction = 'inbound') AND deleted_at IS NULL
         AND (CAST(:only AS text) IS NULL OR id = :only)
     ),
     event AS (
       INSERT INTO odoo_event (id, record_kind, record_id, name, body, context, direction)
       SELECT :id, :kind, :recordId, :name, :body, :context, :direction WHERE EXISTS (SELECT 1 FROM destination)
       RETURNING id, sequence
     ),
     announced AS (
       UPDATE odoo_snapshot AS seen
       SET announced_at = now(), updated_at = now(),
         announced_to = ARRAY(SELECT unnest(seen.announced_to) UNION SELECT destination.id FROM destination)
       FROM event
       WHERE :name = :kind || '.created' AND seen.record_kind = :kind AND seen.record_id = :recordId AND seen.deleted_at IS NULL
     )
     INSERT INTO odoo_delivery
       (id, event_id, destination_id, sequence, record_kind, record_id, name, next_attempt_at, status, delivered_at, is_head)
     SELECT replace(event.id, 'oevt_', 'odlv_') || '_' || destination.id, event.id, destination.id, event.sequence,
       :kind, :recordId, :name, now(),
       CASE WHEN destination.has_record THEN 'delivered' ELSE 'pending' END, CASE WHEN destination.has_record THEN now() END,
       NOT EXISTS (
         SELECT 1 FROM odoo_delivery AS earlier
         WHERE earlier.record_kind = :kind AND earlier.record_id = :recordId AND earlier.destination_id = destination.id
           AND earlier.status IN ${OPEN} AND earlier.deleted_at IS NULL
       )
     FROM event, destination
     RETURNING id`,
    {
      id: generateEntityId(undefined, "oevt"), kind, recordId, name: event.name, body: event.body, context, direction,
      only: to.destination ?? null,
    }
  )
  return rows.length > 0
}
