import { rowsOf, type Db } from "../../database/statement"

/** SQL for levels of deleted items. Usually there are none, because Medusa deletes the levels together with the item. */
export const ORPHANED = `orphaned AS MATERIALIZED (
  SELECT level.id, level.inventory_item_id AS item_id
  FROM inventory_item AS item
  JOIN inventory_level AS level ON level.inventory_item_id = item.id AND level.deleted_at IS NULL
  WHERE item.deleted_at IS NOT NULL
)`

/** The number of levels, and of items without a level. Together they are the rows of an unfiltered list of stock. */
export type StockCounts = { stocked: number; unstocked: number }

type Counted = StockCounts & { snapshot: string }

/** The latest counts of each database. */
const LATEST = new WeakMap<Db, Counted>()

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

/** Whether counts are still valid: no transaction has ended in the database server since they were made. */
async function areValid(db: Db, { snapshot }: Counted): Promise<boolean> {
  const [present] = await rowsOf<{ snapshot: string }>(db, `SELECT ${SNAPSHOT}`, {})
  return present?.snapshot === snapshot
}

/** The latest counts, whether they are still valid or not. */
export const lastStockCounts = (db: Db): StockCounts | undefined => LATEST.get(db)

/**
 * Counts the rows of an unfiltered list of stock. The items without a level are counted as all items less those that levels name,
 * which an index answers without a join. Counting would still take half of the time of a page, and a list is read page by page, so
 * counts are reused as long as they are valid.
 */
export async function countStock(db: Db): Promise<StockCounts> {
  const known = LATEST.get(db)
  if (known !== undefined && (await areValid(db, known))) {
    return known
  }
  const counted = await count(db)
  LATEST.set(db, counted)
  return counted
}
