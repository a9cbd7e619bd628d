import type { Attempted, Outcome } from "../types"
import { rowsOf, type Db } from "./db"
import { failureColumns } from "./failure-columns"

/** What an event has become: `index` is the place of its attempt among those that were given. */
export type SettledRow = { index: number; status: Outcome["status"]; is_paused: boolean }

/**
 * Writes attempts and what came of them, and gives the leases back: one statement for all of it, which is a transaction
 * by itself. Hand-written for that, and for its guard: a holder whose lease ran out and was taken by another must not
 * overwrite that one's outcome. An event that was acknowledged while the attempt was under way (a controller may do so
 * before it answers) stays delivered, whatever came of the attempt. An attempt's id is its event's with its number: to make
 * a random one takes a tenth of the time of posting.
 * @returns the status that each event has now, without those whose lease was not ours any more, of which nothing is
 *   written; and whether delivery is paused by now
 */
export function settleEvents(db: Db, attempted: readonly Attempted[]): Promise<SettledRow[]> {
  const failures = attempted.map(({ outcome }) => failureColumns(outcome))
  return rowsOf<SettledRow>(
    db,
    `WITH given AS (
       SELECT *
       FROM unnest(
         CAST(:ids AS text[]), CAST(:leaseIds AS text[]), CAST(:statuses AS text[]), CAST(:retriesInMs AS float8[]),
         CAST(:errorClasses AS text[]), CAST(:errorMessages AS text[]), CAST(:startedAt AS timestamptz[]),
         CAST(:durationsMs AS integer[]), CAST(:httpStatuses AS integer[]), CAST(:replies AS text[])
       ) WITH ORDINALITY AS attempt(
         event_id, lease_id, status, retry_in_ms, error_class, error_message, started_at, duration_ms, http_status, reply, place)
     ),
     settled AS (
       UPDATE odoo_event AS event
       SET status = CASE WHEN event.status = 'delivered' THEN event.status ELSE given.status END,
           attempts = event.attempts + 1,
           next_attempt_at = now() + given.retry_in_ms * interval '1 millisecond',
           delivered_at = CASE WHEN 'delivered' IN (event.status, given.status) THEN now() END,
           error_class = CASE WHEN event.status <> 'delivered' THEN given.error_class END,
           error_message = CASE WHEN event.status <> 'delivered' THEN given.error_message END,
           lease_id = NULL,
           leased_until = NULL,
           updated_at = now()
       FROM given
       WHERE event.id = given.event_id AND event.lease_id = given.lease_id
       RETURNING given.place, event.status, event.attempts
     ),
     noted AS (
       INSERT INTO odoo_attempt (id, event_id, number, started_at, duration_ms, http_status, error_class, error_message, reply)
       SELECT regexp_replace(event_id, '^oevt', 'oatt') || '_' || attempts, event_id, attempts, started_at, duration_ms, http_status, error_class, error_message, reply
       FROM settled JOIN given USING (place)
     )
     SELECT CAST(place - 1 AS integer) AS index, status,
       EXISTS (SELECT 1 FROM odoo_delivery WHERE id = 'delivery' AND paused_at IS NOT NULL) AS is_paused
     FROM settled`,
    {
      ids: attempted.map(({ event }) => event.id),
      leaseIds: attempted.map(({ event }) => event.lease_id),
      statuses: attempted.map(({ outcome }) => outcome.status),
      retriesInMs: attempted.map(({ outcome }) => (outcome.status === "waiting" ? outcome.retryInMs : 0)),
      errorClasses: failures.map(({ errorClass }) => errorClass),
      errorMessages: failures.map(({ errorMessage }) => errorMessage),
      startedAt: attempted.map(({ attempt }) => attempt.started_at.toISOString()),
      durationsMs: attempted.map(({ attempt }) => attempt.duration_ms),
      httpStatuses: attempted.map(({ attempt }) => attempt.http_status),
      replies: attempted.map(({ attempt }) => attempt.reply),
    }
  )
}
