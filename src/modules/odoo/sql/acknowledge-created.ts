import type { RecordKind } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Takes back the event that a record was created where Odoo has said by another way that it has the record: it would
 * make a second one of it. Hand-written, because it shares the transaction of the link. An attempt that is under way
 * keeps its lease and writes down what came of it. One that was dismissed counts as delivered too, so that no replay
 * sends it any more.
 */
export async function acknowledgeCreated(db: Db, kind: RecordKind, recordId: string): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_event
     SET status = 'delivered', delivered_at = now(), error_class = NULL, error_message = NULL, updated_at = now()
     WHERE record_kind = :kind AND record_id = :recordId AND name = :name
       AND status <> 'delivered' AND deleted_at IS NULL`,
    { kind, recordId, name: `${kind}.created` }
  )
}
