import { rowsOf, type Db } from "../../database/statement"
import { isShipped } from "../store/select-store-defaults"

/** How a product is sold. */
export type ProductSelling = {
  product_id: string
  /** whether it is in a sales channel */
  is_offered: boolean
  /** the name of the product's shipping profile; null where it has none */
  shipping_profile_name: string | null
  /** whether one of its sales channels has a shipping option with that profile */
  is_shipped: boolean
}

const OWN_CHANNEL = `sells.sales_channel_id IN (
  SELECT offered.sales_channel_id FROM product_sales_channel AS offered WHERE offered.product_id = product.id AND offered.deleted_at IS NULL
)`

/** Reads how products are sold. Hand-written, because it reads tables of four modules. */
export function selectProductSelling(db: Db, productIds: readonly string[]): Promise<ProductSelling[]> {
  return rowsOf<ProductSelling>(
    db,
    `SELECT product.id AS product_id, profile.name AS shipping_profile_name, profile.id IS NOT NULL AND ${isShipped(OWN_CHANNEL)} AS is_shipped,
       EXISTS (SELECT 1 FROM product_sales_channel AS offered WHERE offered.product_id = product.id AND offered.deleted_at IS NULL) AS is_offered
     FROM product
     LEFT JOIN product_shipping_profile AS link ON link.product_id = product.id AND link.deleted_at IS NULL
     LEFT JOIN shipping_profile AS profile ON profile.id = link.shipping_profile_id AND profile.deleted_at IS NULL
     WHERE product.id = ANY(:productIds) AND product.deleted_at IS NULL`,
    { productIds }
  )
}
