import { generateEntityId } from "@medusajs/framework/utils"

import type { Attempt, ClaimedEvent, Outcome } from "../types"
import { rowsOf, type Db } from "./db"
import { failureColumns } from "./failure-columns"

/** Notes one attempt. Hand-written, because it shares the transaction that settles its event. */
export async function insertAttempt(db: Db, event: ClaimedEvent, attempt: Attempt, outcome: Outcome): Promise<void> {
  await rowsOf(
    db,
    `INSERT INTO odoo_attempt (id, event_id, number, started_at, duration_ms, http_status, error_class, error_message, reply)
     VALUES (:id, :eventId, :number, :startedAt, :durationMs, :httpStatus, :errorClass, :errorMessage, :reply)`,
    {
      id: generateEntityId(undefined, "oatt"),
      eventId: event.id,
      number: event.attempts + 1,
      startedAt: attempt.started_at,
      durationMs: attempt.duration_ms,
      httpStatus: attempt.http_status,
      reply: attempt.reply,
      ...failureColumns(outcome),
    }
  )
}
