import { rowsOf, type Db } from "../../modules/odoo/sql/db"

/** A count of what is on hand of a variant, at a place. */
export type VariantCount = { index: number; variantId: string; locationId: string; quantity: number }

/** How many pieces are reserved there beyond the count, a number as text. */
export type MissingPieces = { index: number; missing: string }

/**
 * Which counts say that there is less than is sold and has not left, in one statement for all of them. Hand-written, because
 * Medusa's query would read every level to find the few.
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
