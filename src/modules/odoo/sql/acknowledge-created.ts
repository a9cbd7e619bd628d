import { rowsOf, type Db } from "./db"
import type { RecordKey } from "./lock-records"

/**
 * Takes back the events that records were created where Odoo has said by another way that it has them: it would
 * make second ones of them. Hand-written, because it shares the transaction of the links. An attempt that is under way
 * keeps its lease and writes down what came of it. One that was dismissed counts as delivered too, so that no replay
 * sends it any more.
 */
export async function acknowledgeCreated(db: Db, records: readonly RecordKey[]): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_event AS event
     SET status = 'delivered', delivered_at = now(), error_class = NULL, error_message = NULL, updated_at = now()
     FROM unnest(CAST(:kinds AS text[]), CAST(:ids AS text[])) AS known(kind, id)
     WHERE event.record_kind = known.kind AND event.record_id = known.id AND event.name = known.kind || '.created'
       AND event.status <> 'delivered' AND event.deleted_at IS NULL`,
    { kinds: records.map(({ record_kind: kind }) => kind), ids: records.map(({ record_id: id }) => id) }
  )
}
