import type { InventoryRowSource } from "../../../wire/inventory-document"
import type { PageRequest } from "../../../wire/list"
import type { Db } from "./db"
import { containing, selectPage, type Page } from "./page"

/** Which rows a page is cut from; what is undefined does not narrow it. */
export type InventoryFilters = {
  /** a part of it, in any case */
  sku?: string | undefined
  /** only rows of which less than this is available */
  availableBelow?: number | undefined
  locationId?: string | undefined
  updatedSince?: Date | undefined
}

const ROWS = `inventory_item AS item
  LEFT JOIN inventory_level AS level ON level.inventory_item_id = item.id AND level.deleted_at IS NULL`

const RECORD = "LEFT JOIN odoo_stock_record AS record ON record.inventory_item_id = item.id AND record.deleted_at IS NULL"

/** An item that waits for its SKU to appear in the catalogue has it in our table. */
const SKU = "coalesce(item.sku, record.sku)"

const AVAILABLE = "coalesce(level.stocked_quantity - level.reserved_quantity, 0)"

/** The product that an item is the stock of; where variants share the item, the one that was linked first. */
const PRODUCT = `(
  SELECT jsonb_build_object('id', product.id, 'title', product.title, 'handle', product.handle,
    'variant_id', variant.id, 'variant_title', variant.title, 'barcode', variant.barcode)
  FROM product_variant_inventory_item AS kept
  JOIN product_variant AS variant ON variant.id = kept.variant_id AND variant.deleted_at IS NULL
  JOIN product ON product.id = variant.product_id AND product.deleted_at IS NULL
  WHERE kept.inventory_item_id = item.id AND kept.deleted_at IS NULL
  ORDER BY kept.created_at, kept.id
  LIMIT 1
)`

/**
 * One page of stock: a row for each item at each location, and one for an item that is at none. Hand-written, because
 * Medusa's query pages over items and not over what they have in each place, and knows no order of both.
 *
 * A row is ordered by when it came to be, so that one that is added while a list is being pulled comes at its end.
 */
export function selectInventoryPage(
  db: Db,
  filters: InventoryFilters,
  input: { withProducts: boolean; page: PageRequest }
): Promise<Page<InventoryRowSource>> {
  return selectPage<InventoryRowSource>(
    db,
    {
      columns: "item.id AS item_id, level.id AS level_id",
      shown: {
        columns: `item.id, ${SKU} AS sku, item.title,
          coalesce(level.stocked_quantity, 0) AS stocked_quantity,
          coalesce(level.reserved_quantity, 0) AS reserved_quantity,
          ${AVAILABLE} AS available_quantity,
          coalesce(level.incoming_quantity, 0) AS incoming_quantity,
          level.location_id, location.name AS location_name,
          ${input.withProducts ? PRODUCT : "NULL"} AS product`,
        joined: `JOIN inventory_item AS item ON item.id = page.item_id
          LEFT JOIN inventory_level AS level ON level.id = page.level_id ${RECORD}
          LEFT JOIN stock_location AS location ON location.id = level.location_id AND location.deleted_at IS NULL`,
      },
      from: filters.sku ? `${ROWS} ${RECORD}` : ROWS,
      conditions: [
        "item.deleted_at IS NULL",
        filters.sku && `${SKU} ILIKE :sku`,
        filters.availableBelow !== undefined && `${AVAILABLE} < :availableBelow`,
        filters.locationId && "level.location_id = :locationId",
        filters.updatedSince && "(item.updated_at >= :updatedSince OR level.updated_at >= :updatedSince)",
      ],
      createdAt: "coalesce(level.created_at, item.created_at)",
      id: "coalesce(level.id, item.id)",
    },
    {
      sku: filters.sku === undefined ? null : containing(filters.sku),
      availableBelow: filters.availableBelow ?? null,
      locationId: filters.locationId ?? null,
      updatedSince: filters.updatedSince ?? null,
    },
    input.page
  )
}
