import { generateEntityId } from "@medusajs/framework/utils"

import type { RecordState } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Notes a record that was not seen before. Hand-written for its `ON CONFLICT`, which is what makes two hints about
 * one record write one event, also when they come at once.
 * @returns whether the record is new
 */
export async function insertRecordState(db: Db, state: RecordState): Promise<boolean> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `INSERT INTO odoo_record_state (id, record_kind, record_id, status, fulfillment_status, payment_status)
     VALUES (:id, :record_kind, :record_id, :status, :fulfillment_status, :payment_status)
     ON CONFLICT (record_kind, record_id) WHERE deleted_at IS NULL DO NOTHING
     RETURNING id`,
    { id: generateEntityId(undefined, "ostt"), ...state }
  )
  return rows.length === 1
}
