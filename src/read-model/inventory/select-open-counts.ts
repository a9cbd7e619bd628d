import { rowsOf, type Db } from "../../database/statement"

/** A count of a push: its SKU and its location. */
export type SentCount = {
  sku: string
  locationId: string
  quantity: number
  /** whether the count is of available pieces, to which the reserved ones are added */
  isAvailable: boolean
  /** the time that the count states, in milliseconds since 1970; null where it states none */
  statedAt: number | null
}

/** A count that may change the stock, or whose item is not certain. */
export type OpenCount = {
  /** the index of the count in the input */
  index: number
  /** the item of the SKU; null where the item is not certain */
  inventory_item_id: string | null
  /** the stock, as a decimal in text, where the count changes nothing; null otherwise */
  unchanged_stock: string | null
}

/**
 * Compares counts with the stock in one SQL statement, and returns those that differ. Hand-written for speed: nearly all counts of
 * a catalogue that is pushed every quarter of an hour are unchanged, and for 10,000 SKUs the statement takes about twice as long
 * as the shortest update of them.
 *
 * The item of a SKU is certain only where nothing else can be meant: the item has the SKU, so has the item's only variant, and no
 * stock record has it. Any other count is returned without an item, and more than once where the item has several variants.
 * @returns the counts that differ, those whose item is not certain, and all counts of available pieces, in any order
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
       CASE WHEN is_sure AND is_same THEN stocked_quantity END AS unchanged_stock
     FROM compared
     WHERE (is_sure AND is_same) IS NOT TRUE OR is_available`,
    {
      skus: counts.map(({ sku }) => sku),
      locations: counts.map(({ locationId }) => locationId),
      quantities: counts.map(({ quantity }) => quantity),
      // Postgres fills up a shorter array with nulls
      available: counts.some(({ isAvailable }) => isAvailable) ? counts.map(({ isAvailable }) => String(isAvailable)) : [],
      stated: counts.some(({ statedAt }) => statedAt !== null)
        ? counts.map(({ statedAt }) => (statedAt === null ? null : new Date(statedAt).toISOString()))
        : [],
    }
  )
}
