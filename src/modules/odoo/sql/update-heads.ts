import { rowsOf, type Db } from "../../../database/statement"
import { OPEN } from "./delivery-filter"
import type { RecordKey } from "./lock-records"

/**
 * Marks the oldest open delivery of each of these records and each destination as the one that can be claimed, and no other.
 * To be called, in the transaction that holds the locks of the records, where deliveries are closed or opened again.
 */
export async function updateHeads(db: Db, records: readonly RecordKey[]): Promise<void> {
  await rowsOf(
    db,
    `WITH touched AS (
       SELECT DISTINCT kind, id FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS text[])) AS record(kind, id)
     ),
     head AS (
       SELECT DISTINCT ON (delivery.destination_id, delivery.record_kind, delivery.record_id)
         delivery.destination_id, delivery.record_kind, delivery.record_id, delivery.sequence
       FROM touched JOIN odoo_delivery AS delivery ON delivery.record_kind = touched.kind AND delivery.record_id = touched.id
       WHERE delivery.status IN ${OPEN} AND delivery.deleted_at IS NULL
       ORDER BY delivery.destination_id, delivery.record_kind, delivery.record_id, delivery.sequence
     )
     UPDATE odoo_delivery AS delivery
     SET is_head = delivery.sequence = head.sequence, updated_at = now()
     FROM head
     WHERE delivery.destination_id = head.destination_id AND delivery.record_kind = head.record_kind
       AND delivery.record_id = head.record_id AND delivery.status IN ${OPEN} AND delivery.deleted_at IS NULL
       AND delivery.is_head <> (delivery.sequence = head.sequence)`,
    { kinds: records.map(({ record_kind: kind }) => kind), ids: records.map(({ record_id: id }) => id) }
  )
}
