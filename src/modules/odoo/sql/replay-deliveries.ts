import type { DeliveryFilters, ReplayCount } from "../types"
import { rowsOf, type Db } from "../../../database/statement"
import { deliveryFilter, IN_FLIGHT, NOT_LEASED } from "./delivery-filter"
import type { RecordKey } from "./lock-records"

/** Whether a later event of the record was or is being sent to the destination: an older event would undo it. */
const SUPERSEDED = `delivery.name <> delivery.record_kind || '.created' AND EXISTS (
    SELECT 1
    FROM odoo_delivery AS later
    WHERE later.record_id = delivery.record_id
      AND later.record_kind = delivery.record_kind
      AND later.destination_id = delivery.destination_id
      AND later.sequence > delivery.sequence
      AND (later.status = 'delivered' OR later.leased_until > now())
      AND later.deleted_at IS NULL
  )`

/**
 * Makes deliveries due again, with a new retry schedule. Hand-written to check and change each delivery in one statement under
 * the lock of its row, so that two simultaneous replays count once, and a delivered event is never sent again.
 *
 * A delivery of a `<kind>.created` event becomes delivered where Odoo has the record by now. A dismissed delivery becomes due only
 * where the filters name its status or its id, and no later event of its record was sent to the destination. A delivery whose
 * destination no longer asks for the event counts as dismissed.
 * @returns the numbers of deliveries by outcome; and the records of closed or opened deliveries, whose oldest open delivery may
 *   have changed
 */
export async function replayDeliveries(
  db: Db,
  filters: DeliveryFilters
): Promise<{ counts: ReplayCount[]; moved: RecordKey[] }> {
  const { conditions, bindings } = deliveryFilter(filters)
  const rows = await rowsOf<ReplayCount & { moved: RecordKey[] | null }>(
    db,
    `WITH matching AS (
       SELECT delivery.id,
         CASE
           WHEN delivery.status = 'delivered' THEN 'delivered'
           WHEN ${IN_FLIGHT} THEN 'in_flight'
           WHEN delivery.name <> ALL(destination.events) THEN 'dismissed'
           WHEN delivery.status = 'pending' THEN 'pending'
           WHEN delivery.status = 'dismissed' AND NOT :dismissedToo THEN 'dismissed'
           WHEN delivery.status = 'dismissed' AND ${SUPERSEDED} THEN 'superseded'
         END AS left_as,
         delivery.status = 'dismissed' AS was_dismissed,
         destination.is_odoo
       FROM odoo_delivery AS delivery JOIN odoo_destination AS destination ON destination.id = delivery.destination_id
       WHERE ${conditions.filter((condition) => typeof condition === "string").join(" AND ")}
     ),
     linked AS (
       SELECT delivery.id, matching.was_dismissed,
         matching.is_odoo AND link.id IS NOT NULL AND delivery.name = delivery.record_kind || '.created' AS is_known
       FROM odoo_delivery AS delivery
         JOIN matching ON matching.id = delivery.id AND matching.left_as IS NULL
         LEFT JOIN odoo_link AS link
           ON link.record_kind = delivery.record_kind AND link.record_id = delivery.record_id AND link.deleted_at IS NULL
     ),
     changed AS (
       UPDATE odoo_delivery AS delivery
       SET status = CASE WHEN linked.is_known THEN 'delivered' ELSE 'pending' END,
           delivered_at = CASE WHEN linked.is_known THEN now() END,
           next_attempt_at = now(),
           attempts_before_replay = delivery.attempts,
           dismissal = NULL,
           dismissed_at = NULL,
           updated_at = now()
       FROM linked
       WHERE delivery.id = linked.id
         AND delivery.status IN ('failed', 'waiting', 'dismissed')
         AND ${NOT_LEASED}
       RETURNING delivery.id, delivery.record_kind, delivery.record_id, linked.is_known OR linked.was_dismissed AS is_moved,
         CASE WHEN linked.is_known THEN 'acknowledged' ELSE 'replayed' END AS outcome
     )
     SELECT coalesce(changed.outcome, matching.left_as, 'pending') AS outcome, CAST(count(*) AS integer) AS count,
       jsonb_agg(DISTINCT jsonb_build_object('record_kind', changed.record_kind, 'record_id', changed.record_id))
         FILTER (WHERE changed.is_moved) AS moved
     FROM matching LEFT JOIN changed ON changed.id = matching.id
     GROUP BY 1`,
    { ...bindings, dismissedToo: filters.ids !== undefined || filters.status?.includes("dismissed") === true }
  )
  return { counts: rows.map(({ outcome, count }) => ({ outcome, count })), moved: rows.flatMap(({ moved }) => moved ?? []) }
}
