import type { ClaimedDelivery } from "../types"
import { rowsOf, type Db } from "../../../database/statement"
import { failedInOutage, NOT_LEASED, OPEN } from "./delivery-filter"

type Claim = { destinationId: string; leaseMs: number; leaseId: string }

/** Leases the deliveries that a query named `due` selects, and returns them with the bodies of their events. */
const leased = (isProbe: boolean) => `
     claimed AS (
       UPDATE odoo_delivery AS delivery
       SET lease_id = :leaseId, leased_until = now() + :leaseMs * interval '1 millisecond', updated_at = now()${isProbe ? ", next_attempt_at = now()" : ""}
       FROM due
       WHERE delivery.id = due.id
       RETURNING delivery.*
     )
     SELECT claimed.id, claimed.event_id, claimed.destination_id, claimed.record_kind, claimed.record_id, claimed.name, event.body,
       claimed.attempts, claimed.attempts_before_replay, claimed.lease_id, ${String(isProbe)} AS is_probe
     FROM claimed JOIN odoo_event AS event ON event.id = claimed.event_id
     ORDER BY claimed.next_attempt_at, claimed.sequence`

/**
 * Takes due deliveries of a destination under a lease, those that have been due for the longest. Hand-written for
 * `FOR UPDATE SKIP LOCKED`, by which several instances claim side by side without waiting for each other, and because the
 * ORM would read and write in two steps.
 *
 * Only the oldest open delivery of a record and destination can be claimed: a waiting or failed delivery holds back the later
 * ones, so that the events of a record arrive in their order. The index contains only these oldest deliveries, so that any
 * number of later ones costs nothing. After its lease expired, a delivery can be claimed again. Of a destination that is paused
 * or down, no delivery can be claimed.
 */
export function claimDeliveries(db: Db, input: Claim & { limit: number }): Promise<ClaimedDelivery[]> {
  return rowsOf<ClaimedDelivery>(
    db,
    `WITH due AS (
       SELECT delivery.id
       FROM odoo_delivery AS delivery
       WHERE delivery.destination_id = :destinationId
         AND delivery.is_head
         AND delivery.status IN ('pending', 'waiting')
         AND delivery.deleted_at IS NULL
         AND delivery.next_attempt_at <= now()
         AND ${NOT_LEASED}
         AND EXISTS (
           SELECT 1 FROM odoo_destination
           WHERE id = :destinationId AND paused_at IS NULL AND down_since IS NULL AND deleted_at IS NULL
         )
       ORDER BY delivery.next_attempt_at, delivery.sequence
       LIMIT :limit
       FOR UPDATE OF delivery SKIP LOCKED
     ),${leased(false)}`,
    input
  )
}

/**
 * Claims one delivery as a probe of a destination that is down, where a probe is due. A delivery that failed in the outage
 * serves too. The delivery whose last attempt is the oldest is taken, so that a delivery which can not be sent at all is
 * not the only probe. The delivery is checked again under its lock, because it may have been dismissed or acknowledged while the
 * destination was locked by another process.
 * @param input.probeMs after how many milliseconds the next probe is due, should this one fail
 */
export function claimProbe(db: Db, input: Claim & { probeMs: number }): Promise<ClaimedDelivery[]> {
  const oldest = (condition: string) => `
         (SELECT delivery.id, delivery.next_attempt_at
          FROM odoo_delivery AS delivery
          WHERE delivery.destination_id = :destinationId AND delivery.is_head AND delivery.deleted_at IS NULL AND ${NOT_LEASED}
            AND ${condition}
          ORDER BY delivery.next_attempt_at
          LIMIT 1)`
  return rowsOf<ClaimedDelivery>(
    db,
    `WITH probing AS (
       UPDATE odoo_destination
       SET probe_at = now() + :probeMs * interval '1 millisecond', updated_at = now()
       WHERE id = :destinationId AND down_since IS NOT NULL AND probe_at <= now() AND paused_at IS NULL AND deleted_at IS NULL
       RETURNING replays_after_outage, coalesce(failing_since, down_since) AS failing_since
     ),
     candidate AS (
       SELECT open.id
       FROM probing CROSS JOIN LATERAL (
         ${oldest("delivery.status IN ('pending', 'waiting')")}
         UNION ALL
         ${oldest(`probing.replays_after_outage AND ${failedInOutage("probing.failing_since")}`)}
       ) AS open
       ORDER BY open.next_attempt_at
       LIMIT 1
     ),
     due AS (
       SELECT delivery.id FROM candidate JOIN odoo_delivery AS delivery ON delivery.id = candidate.id
       WHERE delivery.status IN ${OPEN} AND ${NOT_LEASED}
       FOR UPDATE OF delivery SKIP LOCKED
     ),${leased(true)}`,
    input
  )
}
