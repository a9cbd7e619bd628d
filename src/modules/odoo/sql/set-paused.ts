import { rowsOf, type Db } from "./db"

/**
 * Pauses delivery in every instance, or resumes it. Hand-written for its `ON CONFLICT`: the one row is made when it is
 * first needed. A pause that is repeated keeps its time, and takes the new reason where there is one.
 */
export async function setPaused(db: Db, input: { paused: boolean; reason: string | null }): Promise<void> {
  await rowsOf(
    db,
    `INSERT INTO odoo_delivery AS delivery (id, paused_at, pause_reason)
     VALUES ('delivery', CASE WHEN :paused THEN now() END, :reason)
     ON CONFLICT (id) DO UPDATE
     SET paused_at = CASE WHEN :paused THEN coalesce(delivery.paused_at, now()) END,
         pause_reason = CASE WHEN :paused THEN coalesce(excluded.pause_reason, delivery.pause_reason) END,
         updated_at = now()`,
    input
  )
}
