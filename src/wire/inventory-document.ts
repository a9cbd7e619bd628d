import { text, type Text } from "./address"

/** A row of stock in the database; quantities are decimals as text. */
export type InventoryRowSource = {
  id: string
  sku: Text
  title: Text
  stocked_quantity: string
  reserved_quantity: string
  available_quantity: string
  incoming_quantity: string
  location_id: string | null
  location_name: string | null
  product: {
    id: string
    title: Text
    handle: Text
    variant_id: string
    variant_title: Text
    barcode: Text
  } | null
}

function productDocument(product: NonNullable<InventoryRowSource["product"]>) {
  return {
    id: product.id,
    title: text(product.title),
    handle: text(product.handle),
    variant_id: product.variant_id,
    variant_title: text(product.variant_title),
    barcode: text(product.barcode),
    product_id: product.id,
    product_title: text(product.title),
  }
}

/**
 * The stock of an item at a location on the wire (contract 2).
 * @param withProduct whether the document has a member `product`; null for an item without a product
 */
export function inventoryDocument(row: InventoryRowSource, withProduct: boolean) {
  return {
    id: row.id,
    sku: text(row.sku),
    title: text(row.title),
    stocked_quantity: Number(row.stocked_quantity),
    reserved_quantity: Number(row.reserved_quantity),
    available_quantity: Number(row.available_quantity),
    incoming_quantity: Number(row.incoming_quantity),
    location_id: row.location_id,
    location_name: row.location_name,
    ...(withProduct ? { product: row.product === null ? null : productDocument(row.product) } : {}),
  }
}
