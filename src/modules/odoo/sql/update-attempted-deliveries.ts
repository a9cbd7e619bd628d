import type { Attempted, DeliveryStatus } from "../types"
import { rowsOf, type Db } from "../../../database/statement"
import { OPEN } from "./delivery-filter"
import { failureColumns } from "./failure-columns"

/** The status of a delivery after its attempt; `index` is the index of the attempt in the input. */
export type UpdatedDelivery = { index: number; status: DeliveryStatus }

/**
 * Writes attempts and their outcomes, releases the leases, and makes the next delivery of a record claimable after a delivered
 * one, in one statement. Hand-written for that, and for its guard: a process whose lease was taken over by another process must
 * not write its outcome. A delivery that was acknowledged during the attempt (a controller may do so before it answers) stays
 * delivered, whatever the outcome. To be called in a transaction that holds the locks of the records. The id of an attempt is
 * made of its delivery's id and its number, because a random id would cost a tenth of the time of sending. A held delivery is tried
 * every few minutes: an attempt that found the same cause again is not kept.
 * @returns the present status of each delivery, without those whose lease was lost, of which nothing is written
 */
export function updateAttemptedDeliveries(db: Db, attempted: readonly Attempted[]): Promise<UpdatedDelivery[]> {
  const failures = attempted.map(({ outcome }) => failureColumns(outcome))
  return rowsOf<UpdatedDelivery>(
    db,
    `WITH given AS (
       SELECT *
       FROM unnest(
         CAST(:ids AS text[]), CAST(:leaseIds AS text[]), CAST(:statuses AS text[]), CAST(:retriesInMs AS float8[]),
         CAST(:isCounted AS boolean[]), CAST(:isOutage AS boolean[]), CAST(:errorClasses AS text[]), CAST(:errorMessages AS text[]),
         CAST(:startedAt AS timestamptz[]), CAST(:durationsMs AS integer[]), CAST(:httpStatuses AS integer[]), CAST(:replies AS text[])
       ) WITH ORDINALITY AS attempt(
         delivery_id, lease_id, status, retry_in_ms, is_counted, is_outage, error_class, error_message, started_at, duration_ms,
         http_status, reply, place)
     ),
     -- as they were: all parts of a statement see the rows as they were before it
     before AS (
       SELECT id AS delivery_id, error_message FROM odoo_delivery WHERE id = ANY(:ids)
     ),
     updated AS (
       UPDATE odoo_delivery AS delivery
       SET status = CASE WHEN delivery.status = 'delivered' THEN delivery.status ELSE given.status END,
           attempts = delivery.attempts + 1,
           attempts_before_replay = delivery.attempts_before_replay + CASE WHEN given.is_counted THEN 0 ELSE 1 END,
           next_attempt_at = now() + given.retry_in_ms * interval '1 millisecond',
           delivered_at = CASE WHEN 'delivered' IN (delivery.status, given.status) THEN now() END,
           error_class = CASE WHEN delivery.status <> 'delivered' THEN given.error_class END,
           error_message = CASE WHEN delivery.status <> 'delivered' THEN given.error_message END,
           is_outage = delivery.status <> 'delivered' AND given.is_outage,
           lease_id = NULL,
           leased_until = NULL,
           updated_at = now()
       FROM given
       WHERE delivery.id = given.delivery_id AND delivery.lease_id = given.lease_id
       RETURNING given.place, delivery.id, delivery.destination_id, delivery.record_kind, delivery.record_id, delivery.status, delivery.attempts
     ),
     noted AS (
       INSERT INTO odoo_attempt (id, delivery_id, number, started_at, duration_ms, http_status, error_class, error_message, reply)
       SELECT replace(delivery_id, 'odlv_', 'oatt_') || '_' || attempts, delivery_id, attempts, started_at, duration_ms, http_status,
         given.error_class, given.error_message, reply
       FROM updated JOIN given USING (place) JOIN before USING (delivery_id)
       WHERE given.error_class IS DISTINCT FROM 'held' OR before.error_message IS DISTINCT FROM given.error_message
     ),
     followed AS (
       UPDATE odoo_delivery AS next
       SET is_head = true, updated_at = now()
       FROM updated
       WHERE updated.status = 'delivered' AND next.id = (
         SELECT later.id FROM odoo_delivery AS later
         WHERE later.record_kind = updated.record_kind AND later.record_id = updated.record_id
           AND later.destination_id = updated.destination_id AND later.id <> updated.id
           AND later.status IN ${OPEN} AND later.deleted_at IS NULL
         ORDER BY later.sequence
         LIMIT 1
       )
     )
     SELECT CAST(place - 1 AS integer) AS index, status FROM updated`,
    {
      ids: attempted.map(({ delivery }) => delivery.id),
      leaseIds: attempted.map(({ delivery }) => delivery.lease_id),
      statuses: attempted.map(({ outcome }) => outcome.status),
      retriesInMs: attempted.map(({ outcome }) => (outcome.status === "waiting" ? outcome.retryInMs : 0)),
      isCounted: attempted.map(({ outcome }) => String(outcome.status !== "pending" && !(outcome.status === "waiting" && outcome.isHeld === true))),
      isOutage: attempted.map(({ isOutage }) => String(isOutage)),
      errorClasses: failures.map(({ errorClass }) => errorClass),
      errorMessages: failures.map(({ errorMessage }) => errorMessage),
      startedAt: attempted.map(({ attempt }) => attempt.started_at.toISOString()),
      durationsMs: attempted.map(({ attempt }) => attempt.duration_ms),
      httpStatuses: attempted.map(({ attempt }) => attempt.http_status),
      replies: attempted.map(({ attempt }) => attempt.reply),
    }
  )
}
