import { rowsOf, type Db } from "../../database/statement"

/**
 * The ids of those of these inventory items that have neither a variant nor a reservation. Hand-written, because it reads tables
 * of two modules.
 */
export async function selectIdleItems(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `SELECT id FROM inventory_item AS item
     WHERE id = ANY(:ids) AND deleted_at IS NULL
       AND NOT EXISTS (
         SELECT 1 FROM product_variant_inventory_item AS link
         WHERE link.inventory_item_id = item.id AND link.deleted_at IS NULL
       )
       AND NOT EXISTS (
         SELECT 1 FROM reservation_item AS reservation
         WHERE reservation.inventory_item_id = item.id AND reservation.deleted_at IS NULL
       )`,
    { ids }
  )
  return rows.map(({ id }) => id)
}
