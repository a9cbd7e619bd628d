import type { Destination, DestinationSettings } from "../types"
import { rowsOf, type Db } from "../../../database/statement"
import { failedInOutage } from "./delivery-filter"

const COLUMNS = `id, kind, is_odoo, events, concurrency, timeout_ms, retry_schedule_ms, replays_after_outage, paused_at, pause_reason,
  failures, failing_since, failing_record, down_since, probe_at`

/** All destinations, the oldest first. */
export function selectDestinations(db: Db): Promise<Destination[]> {
  return rowsOf<Destination>(db, `SELECT ${COLUMNS} FROM odoo_destination WHERE deleted_at IS NULL ORDER BY created_at, id`, {})
}

/** Whether a destination is paused, and whether its last attempts failed. */
export async function selectDestinationState(
  db: Db,
  id: string
): Promise<Pick<Destination, "paused_at" | "failures" | "failing_since"> | undefined> {
  const rows = await rowsOf<Pick<Destination, "paused_at" | "failures" | "failing_since">>(
    db,
    "SELECT paused_at, failures, failing_since FROM odoo_destination WHERE id = :id AND deleted_at IS NULL",
    { id }
  )
  return rows[0]
}

/** Reads a destination and locks its row until the transaction ends. Hand-written for that lock. */
export async function lockDestination(db: Db, id: string): Promise<Destination | undefined> {
  const rows = await rowsOf<Destination>(db, `SELECT ${COLUMNS} FROM odoo_destination WHERE id = :id AND deleted_at IS NULL FOR UPDATE`, { id })
  return rows[0]
}

/**
 * Writes the settings of a destination from the options. Its state, such as a pause, stays. Hand-written for its `ON CONFLICT`,
 * because several instances start at once.
 * @param overwrites whether an existing destination is changed
 */
export async function upsertDestination(db: Db, settings: DestinationSettings, overwrites: boolean): Promise<void> {
  await rowsOf(
    db,
    `INSERT INTO odoo_destination AS destination
       (id, kind, is_odoo, events, concurrency, timeout_ms, retry_schedule_ms, replays_after_outage)
     VALUES (:id, :kind, :isOdoo, :events, :concurrency, :timeoutMs, CAST(:retryScheduleMs AS jsonb), :replaysAfterOutage)
     ON CONFLICT (id) DO UPDATE
     SET kind = excluded.kind, is_odoo = excluded.is_odoo, events = excluded.events, concurrency = excluded.concurrency,
       timeout_ms = excluded.timeout_ms, retry_schedule_ms = excluded.retry_schedule_ms,
       replays_after_outage = excluded.replays_after_outage, deleted_at = NULL, updated_at = now()
     WHERE :overwrites`,
    { ...settings, overwrites, retryScheduleMs: JSON.stringify(settings.retryScheduleMs) }
  )
}

/**
 * Pauses destinations in every instance, or resumes them. Hand-written for its conditions: a pause that is repeated keeps its
 * time, and takes the new reason where there is one.
 * @param input.id null for all destinations
 * @returns how many there are
 */
export async function setPaused(db: Db, input: { id: string | null; paused: boolean; reason: string | null }): Promise<number> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `UPDATE odoo_destination AS destination
     SET paused_at = CASE WHEN :paused THEN coalesce(destination.paused_at, now()) END,
         pause_reason = CASE WHEN :paused THEN coalesce(:reason, destination.pause_reason) END,
         updated_at = now()
     WHERE (CAST(:id AS text) IS NULL OR destination.id = :id) AND destination.deleted_at IS NULL
     RETURNING id`,
    input
  )
  return rows.length
}

/** The health of a destination, derived from its last attempts. */
export type Health = Pick<Destination, "failures" | "failing_since" | "failing_record" | "down_since">

/**
 * Writes the health of a destination.
 * @param wait.probeMs after how many milliseconds the first probe of a destination is due that is down from now on
 * @param wait.leastMs the number of milliseconds without a probe that the destination has asked for
 */
export async function updateHealth(db: Db, id: string, health: Health, wait: { probeMs: number; leastMs: number }): Promise<void> {
  await rowsOf(
    db,
    `UPDATE odoo_destination
     SET failures = :failures, failing_since = :failing_since, failing_record = :failing_record, down_since = :down_since,
       probe_at = CASE WHEN CAST(:down_since AS timestamptz) IS NULL THEN NULL
         ELSE greatest(coalesce(probe_at, now() + :probeMs * interval '1 millisecond'), now() + :leastMs * interval '1 millisecond') END,
       updated_at = now()
     WHERE id = :id`,
    { ...health, ...wait, id }
  )
}

/** Whether deliveries of other records than this one are open at a destination. */
export async function hasOtherRecords(db: Db, id: string, recordId: string): Promise<boolean> {
  const [row] = await rowsOf<{ found: boolean }>(
    db,
    `SELECT EXISTS (
       SELECT 1 FROM odoo_delivery
       WHERE destination_id = :id AND is_head AND status IN ('pending', 'waiting') AND record_id <> :recordId AND deleted_at IS NULL
     ) AS found`,
    { id, recordId }
  )
  return row?.found === true
}

/**
 * Makes the deliveries due that waited because of an outage, after its end, with a new retry schedule. Deliveries that failed
 * in the outage become due too, where the destination's settings say so. Later deliveries of their records follow. All are due
 * since their events were written, so that they are sent in the order of the events, also among those that were not tried yet.
 * @param failingSince when the first attempt of the outage was made
 * @returns how many deliveries that had failed are sent again
 */
export async function reviveDeliveries(db: Db, id: string, failingSince: Date): Promise<number> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `WITH due AS (
       UPDATE odoo_delivery AS delivery
       SET status = 'pending', next_attempt_at = delivery.created_at, attempts_before_replay = delivery.attempts, updated_at = now()
       WHERE delivery.destination_id = :id AND delivery.is_head AND delivery.status IN ('pending', 'waiting') AND delivery.is_outage
         AND delivery.deleted_at IS NULL
     )
     UPDATE odoo_delivery AS delivery
     SET status = 'pending', next_attempt_at = delivery.created_at, attempts_before_replay = delivery.attempts, updated_at = now()
     FROM odoo_destination AS destination
     WHERE destination.id = :id AND destination.replays_after_outage AND delivery.destination_id = :id
       AND ${failedInOutage(":failingSince")} AND delivery.deleted_at IS NULL
     RETURNING delivery.id`,
    { id, failingSince }
  )
  return rows.length
}
