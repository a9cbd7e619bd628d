import { rowsOf, type Db } from "./db"

/** How many events need nothing any more, as far as they are still kept. */
export type ClosedEvents = { delivered: number; dismissed: number }

/** Counts the closed events. Hand-written, to count in one statement; apart from the open ones, of which there are few. */
export async function selectClosedEvents(db: Db): Promise<ClosedEvents> {
  const [closed] = await rowsOf<ClosedEvents>(
    db,
    `SELECT CAST(count(*) FILTER (WHERE status = 'delivered') AS integer) AS delivered,
       CAST(count(*) FILTER (WHERE status = 'dismissed') AS integer) AS dismissed
     FROM odoo_event
     WHERE status IN ('delivered', 'dismissed') AND deleted_at IS NULL`,
    {}
  )
  return closed ?? { delivered: 0, dismissed: 0 }
}
