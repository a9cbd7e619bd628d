/**
 * SQL that tells whether an inventory item belongs to a variant with another SKU: it is the variant's only item and has no other
 * variant. Medusa does not rename an item when its variant is renamed, so that a search for the old SKU would find the item of
 * another product.
 * @param item the alias of the item's row
 */
export const belongsToAnotherSku = (item: string) => `EXISTS (
  SELECT 1
  FROM product_variant_inventory_item AS own
  JOIN product_variant AS owner ON owner.id = own.variant_id AND owner.deleted_at IS NULL
  WHERE own.inventory_item_id = ${item}.id AND own.deleted_at IS NULL AND own.required_quantity = 1
    AND lower(owner.sku) <> lower(${item}.sku)
    AND NOT EXISTS (
      SELECT 1 FROM product_variant_inventory_item AS other
      WHERE other.variant_id = own.variant_id AND other.id <> own.id AND other.deleted_at IS NULL
    )
    AND NOT EXISTS (
      SELECT 1 FROM product_variant_inventory_item AS other
      WHERE other.inventory_item_id = own.inventory_item_id AND other.id <> own.id AND other.deleted_at IS NULL
    )
)`
