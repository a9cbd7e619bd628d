import { rowsOf, type Db } from "../../modules/odoo/sql/db"

/** Levels that a deleted item still has. There are none as a rule: Medusa deletes them with it. */
export const ORPHANED = `orphaned AS MATERIALIZED (
  SELECT level.id, level.inventory_item_id AS item_id
  FROM inventory_item AS item
  JOIN inventory_level AS level ON level.inventory_item_id = item.id AND level.deleted_at IS NULL
  WHERE item.deleted_at IS NOT NULL
)`

/** How many levels there are, and how many items without one: together the rows of the whole stock. */
export type StockCounts = { stocked: number; unstocked: number }

type Counted = StockCounts & { snapshot: string }

/** What was counted last in each database. */
const COUNTED = new WeakMap<Db, Counted>()

const SNAPSHOT = "CAST(pg_current_snapshot() AS text) AS snapshot"

async function count(db: Db): Promise<Counted> {
  const [counts] = await rowsOf<{ stocked: string; unstocked: string; snapshot: string }>(
    db,
    `WITH ${ORPHANED}
     SELECT of_levels.levels - of_orphaned.levels AS stocked,
       of_items.items - (of_levels.items - of_orphaned.items) AS unstocked, ${SNAPSHOT}
     FROM (
         SELECT count(*) AS levels, count(DISTINCT inventory_item_id) AS items FROM inventory_level WHERE deleted_at IS NULL
       ) AS of_levels,
       (SELECT count(*) AS levels, count(DISTINCT item_id) AS items FROM orphaned) AS of_orphaned,
       (SELECT count(*) AS items FROM inventory_item WHERE deleted_at IS NULL) AS of_items`,
    {}
  )
  return { stocked: Number(counts?.stocked), unstocked: Number(counts?.unstocked), snapshot: counts?.snapshot ?? "" }
}

/** Whether counts are still right: no transaction has ended, anywhere in the database server, since they were made. */
async function stands(db: Db, { snapshot }: Counted): Promise<boolean> {
  const [present] = await rowsOf<{ snapshot: string }>(db, `SELECT ${SNAPSHOT}`, {})
  return present?.snapshot === snapshot
}

/** What was counted last, right or not any more. */
export const lastStockCounts = (db: Db): StockCounts | undefined => COUNTED.get(db)

/**
 * Counts the rows of the whole stock. The number of items without a level is that of the items less that of the items
 * that levels name, which an index has in their order, so that no table is joined with another. It would still take half
 * of a page's time, and a list is pulled in many pages: what was counted is kept for as long as it stands.
 */
export async function countStock(db: Db): Promise<StockCounts> {
  const known = COUNTED.get(db)
  if (known !== undefined && (await stands(db, known))) {
    return known
  }
  const counted = await count(db)
  COUNTED.set(db, counted)
  return counted
}
