import { rowsOf, type Db } from "../../database/statement"

/** A count of the pieces on hand of a variant at a location. */
export type VariantCount = { index: number; variantId: string; locationId: string; quantity: number }

/** The pieces that are reserved beyond a count, as a decimal in text. */
export type MissingPieces = { index: number; missing: string }

/**
 * The counts that are lower than the reserved pieces at their location, in one SQL statement. Hand-written, because Medusa's query
 * would read all levels to find the few.
 */
export function selectMissingPieces(db: Db, counts: readonly VariantCount[]): Promise<MissingPieces[]> {
  return rowsOf<MissingPieces>(
    db,
    `SELECT given.index, CAST(level.reserved_quantity - given.quantity AS text) AS missing
     FROM unnest(CAST(:indexes AS int[]), CAST(:variantIds AS text[]), CAST(:locationIds AS text[]), CAST(:quantities AS numeric[]))
       AS given(index, variant_id, location_id, quantity)
     JOIN product_variant_inventory_item AS link
       ON link.variant_id = given.variant_id AND link.required_quantity = 1 AND link.deleted_at IS NULL
     JOIN inventory_level AS level
       ON level.inventory_item_id = link.inventory_item_id AND level.location_id = given.location_id AND level.deleted_at IS NULL
     WHERE level.reserved_quantity > given.quantity`,
    {
      indexes: counts.map(({ index }) => index),
      variantIds: counts.map(({ variantId }) => variantId),
      locationIds: counts.map(({ locationId }) => locationId),
      quantities: counts.map(({ quantity }) => quantity),
    }
  )
}
