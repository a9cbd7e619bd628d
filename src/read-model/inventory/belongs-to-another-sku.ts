/**
 * Whether an item is the own one of a variant with another SKU: the only one that the variant has, which has no other
 * variant. Medusa leaves an item's SKU as it was when its variant's is changed: by its old SKU, it would be found for
 * another product.
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
