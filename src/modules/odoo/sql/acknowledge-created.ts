import { rowsOf, type Db } from "../../../database/statement"
import type { RecordKey } from "./lock-records"
import { updateHeads } from "./update-heads"

/**
 * Marks the deliveries of `<kind>.created` events to Odoo as delivered, because Odoo has these records by now and would create
 * them a second time. Hand-written, because it shares the transaction of the links, which holds the locks of the records. A
 * running attempt keeps its lease and writes its outcome. A dismissed delivery becomes delivered too, so that no replay sends it.
 */
export async function acknowledgeCreated(db: Db, records: readonly RecordKey[]): Promise<void> {
  const acknowledged = await rowsOf<RecordKey>(
    db,
    `UPDATE odoo_delivery AS delivery
     SET status = 'delivered', delivered_at = now(), error_class = NULL, error_message = NULL, is_outage = false, updated_at = now()
     FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS text[])) AS known(kind, id)
     WHERE delivery.record_kind = known.kind AND delivery.record_id = known.id AND delivery.name = known.kind || '.created'
       AND delivery.destination_id IN (SELECT id FROM odoo_destination WHERE is_odoo)
       AND delivery.status <> 'delivered' AND delivery.deleted_at IS NULL
     RETURNING delivery.record_kind, delivery.record_id`,
    { kinds: records.map(({ record_kind: kind }) => kind), ids: records.map(({ record_id: id }) => id) }
  )
  if (acknowledged.length > 0) {
    await updateHeads(db, acknowledged)
  }
}
