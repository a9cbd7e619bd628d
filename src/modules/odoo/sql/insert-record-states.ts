import { generateEntityId } from "@medusajs/framework/utils"

import type { RecordState } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Notes records that were not seen before, in one statement. Hand-written for its `ON CONFLICT`, which is what makes
 * two hints about one record write one event, also when they come at once.
 * @param announced whether the event that they were created is written with them
 * @returns the ids of the records that are new
 */
export async function insertRecordStates(db: Db, states: readonly RecordState[], announced: boolean): Promise<string[]> {
  const rows = await rowsOf<{ record_id: string }>(
    db,
    `INSERT INTO odoo_record_state
       (id, record_kind, record_id, status, fulfillment_status, payment_status, profile, address_ids, source_mark, announced_at)
     SELECT id, record_kind, record_id, status, fulfillment_status, payment_status, profile, address_ids, source_mark,
       CASE WHEN :announced THEN now() END
     FROM jsonb_to_recordset(CAST(:states AS jsonb)) AS state(
       id text, record_kind text, record_id text, status text, fulfillment_status text, payment_status text, profile jsonb,
       address_ids text[], source_mark text)
     ON CONFLICT (record_kind, record_id) WHERE deleted_at IS NULL DO NOTHING
     RETURNING record_id`,
    { states: JSON.stringify(states.map((state) => ({ id: generateEntityId(undefined, "ostt"), ...state }))), announced }
  )
  return rows.map((row) => row.record_id)
}
