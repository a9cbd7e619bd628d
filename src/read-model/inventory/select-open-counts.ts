import { rowsOf, type Db } from "../../modules/odoo/sql/db"

/** A count as it was sent: of which SKU, at which location. */
export type SentCount = {
  sku: string
  locationId: string
  quantity: number
  /** whether it is of what is not sold yet: what is reserved is added to it */
  isAvailable: boolean
  /** of what time it is, where it says so; milliseconds since 1970 */
  statedAt: number | null
}

/** A count with which something is to be done, or of which more is to be known. */
export type OpenCount = {
  /** its place among those that were sent, from 0 */
  index: number
  /** the one item that the SKU can mean; null where that has to be looked up */
  inventory_item_id: string | null
  /** for one that changes nothing, what is stocked; a number as text */
  settled_at: string | null
}

/**
 * Compares counts with the stock, and gives those that differ: of a catalogue that is pushed every quarter of an hour
 * nearly all are what they were, and cost nothing beyond this. Hand-written, because it is one statement for thousands
 * of SKUs, and compares in the database: for 10,000 of them it takes about twice as long as the least that an update of
 * them needs.
 *
 * It is sure of a SKU only where nothing else could be meant: the item has it as its own, the item's variant has it too
 * and no other item, and nothing is kept aside for it. Whatever else there is comes back to be looked up, and more than
 * once where the item has several variants.
 * @returns the counts that differ, those that are not sure, and those of what is available, in any order
 */
export function selectOpenCounts(db: Db, counts: readonly SentCount[]): Promise<OpenCount[]> {
  return rowsOf<OpenCount>(
    db,
    `WITH compared AS (
       SELECT wanted.position, wanted.is_available, item.id AS inventory_item_id, level.stocked_quantity,
         own.id IS NOT DISTINCT FROM link.variant_id AND record.id IS NULL AS is_sure,
         level.stocked_quantity = wanted.quantity + CASE WHEN wanted.is_available THEN level.reserved_quantity ELSE 0 END
           AND level.reserved_quantity <= level.stocked_quantity
           AND (wanted.stated_at IS NULL OR said.stated_at = wanted.stated_at) AS is_same
       FROM unnest(
         CAST(:skus AS text[]), CAST(:locations AS text[]), CAST(:quantities AS numeric[]), CAST(:available AS boolean[]),
         CAST(:stated AS timestamptz[])
       ) WITH ORDINALITY AS wanted (sku, location_id, quantity, is_available, stated_at, position)
       LEFT JOIN inventory_item AS item ON item.sku = wanted.sku AND item.deleted_at IS NULL
       LEFT JOIN product_variant_inventory_item AS link ON link.inventory_item_id = item.id AND link.deleted_at IS NULL
       LEFT JOIN product_variant AS own ON own.sku = wanted.sku AND own.deleted_at IS NULL
       LEFT JOIN odoo_stock_record AS record ON lower(record.sku) = lower(wanted.sku) AND record.deleted_at IS NULL
       LEFT JOIN inventory_level AS level
         ON level.inventory_item_id = item.id AND level.location_id = wanted.location_id AND level.deleted_at IS NULL
       LEFT JOIN odoo_stock_statement AS said
         ON said.inventory_item_id = item.id AND said.location_id = wanted.location_id AND said.deleted_at IS NULL
     )
     SELECT CAST(position - 1 AS integer) AS index,
       CASE WHEN is_sure THEN inventory_item_id END AS inventory_item_id,
       CASE WHEN is_sure AND is_same THEN stocked_quantity END AS settled_at
     FROM compared
     WHERE (is_sure AND is_same) IS NOT TRUE OR is_available`,
    {
      skus: counts.map(({ sku }) => sku),
      locations: counts.map(({ locationId }) => locationId),
      quantities: counts.map(({ quantity }) => quantity),
      // a list that ends early goes on with null
      available: counts.some(({ isAvailable }) => isAvailable) ? counts.map(({ isAvailable }) => String(isAvailable)) : [],
      stated: counts.some(({ statedAt }) => statedAt !== null)
        ? counts.map(({ statedAt }) => (statedAt === null ? null : new Date(statedAt).toISOString()))
        : [],
    }
  )
}
