import type { EventFilters, ReplayCount } from "../types"
import { rowsOf, type Db } from "./db"
import { eventFilter, IN_FLIGHT } from "./event-filter"

/** Whether Odoo has been told something later of the record since: an older change would undo that. */
const SUPERSEDED = `event.name <> event.record_kind || '.created' AND EXISTS (
    SELECT 1
    FROM odoo_event AS later
    WHERE later.record_kind = event.record_kind
      AND later.record_id = event.record_id
      AND later.sequence > event.sequence
      AND later.status = 'delivered'
      AND later.deleted_at IS NULL
  )`

/**
 * Makes events due again, with the retry schedule starting anew. Hand-written, to judge and change in one statement:
 * what another one has done meanwhile is looked at again under the row's lock, so that two replays at once are one,
 * and what was delivered is never sent again.
 *
 * An event that its record was created counts as delivered where Odoo has the record by now. One that was dismissed
 * comes back only where it was asked for, by its status or by its id, and Odoo was not told anything later of its record.
 * @returns how many events of the filters there were, by what has become of them
 */
export function replayEvents(db: Db, filters: EventFilters): Promise<ReplayCount[]> {
  const { conditions, bindings } = eventFilter(filters)
  return rowsOf<ReplayCount>(
    db,
    `WITH matching AS (
       SELECT event.id,
         CASE
           WHEN event.status = 'delivered' THEN 'delivered'
           WHEN ${IN_FLIGHT} THEN 'in_flight'
           WHEN event.status = 'pending' THEN 'pending'
           WHEN event.status = 'dismissed' AND NOT :dismissedToo THEN 'dismissed'
           WHEN event.status = 'dismissed' AND ${SUPERSEDED} THEN 'superseded'
         END AS left_as
       FROM odoo_event AS event
       WHERE ${conditions.filter((condition) => typeof condition === "string").join(" AND ")}
     ),
     linked AS (
       SELECT event.id, link.id IS NOT NULL AND event.name = event.record_kind || '.created' AS is_known
       FROM odoo_event AS event
         JOIN matching ON matching.id = event.id AND matching.left_as IS NULL
         LEFT JOIN odoo_link AS link
           ON link.record_kind = event.record_kind AND link.record_id = event.record_id AND link.deleted_at IS NULL
     ),
     changed AS (
       UPDATE odoo_event AS event
       SET status = CASE WHEN linked.is_known THEN 'delivered' ELSE 'pending' END,
           delivered_at = CASE WHEN linked.is_known THEN now() END,
           next_attempt_at = now(),
           attempts_before_replay = event.attempts,
           dismissal = NULL,
           dismissed_at = NULL,
           updated_at = now()
       FROM linked
       WHERE event.id = linked.id
         AND event.status IN ('failed', 'waiting', 'dismissed')
         AND (event.leased_until IS NULL OR event.leased_until <= now())
       RETURNING event.id, CASE WHEN linked.is_known THEN 'acknowledged' ELSE 'replayed' END AS outcome
     )
     SELECT coalesce(changed.outcome, matching.left_as, 'pending') AS outcome, CAST(count(*) AS integer) AS count
     FROM matching LEFT JOIN changed ON changed.id = matching.id
     GROUP BY 1`,
    { ...bindings, dismissedToo: filters.ids !== undefined || filters.status?.includes("dismissed") === true }
  )
}
