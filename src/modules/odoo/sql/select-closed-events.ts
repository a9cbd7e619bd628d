import { rowsOf, type Db } from "./db"

/** How many events need nothing any more, as far as they are still kept. */
export type ClosedEvents = { delivered: number; dismissed: number }

/**
 * Counts the closed events. Hand-written, to count in one statement, and each kind in its own index, which holds no
 * others; apart from the open ones, of which there are few.
 */
export async function selectClosedEvents(db: Db): Promise<ClosedEvents> {
  const [closed] = await rowsOf<ClosedEvents>(
    db,
    `SELECT
       (SELECT CAST(count(*) AS integer) FROM odoo_event WHERE status = 'delivered' AND deleted_at IS NULL) AS delivered,
       (SELECT CAST(count(*) AS integer) FROM odoo_event WHERE status = 'dismissed' AND deleted_at IS NULL) AS dismissed`,
    {}
  )
  return closed ?? { delivered: 0, dismissed: 0 }
}
