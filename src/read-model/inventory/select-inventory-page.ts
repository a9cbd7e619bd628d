import type { InventoryRowSource } from "../../wire/inventory-document"
import type { PageRequest } from "../../wire/list"
import { countStock, lastStockCounts, ORPHANED } from "./count-stock"
import type { Db } from "../../database/statement"
import { behindCursor, containing, selectPage, selectPageRows, type Page, type PagedList } from "../../database/page"

/** The filters of a list of stock; undefined ones do not apply. */
export type InventoryFilters = {
  /** a part of the SKU, in any case */
  sku?: string | undefined
  /** only rows with fewer available pieces than this */
  availableBelow?: number | undefined
  locationId?: string | undefined
  updatedSince?: Date | undefined
}

const ROWS = `inventory_item AS item
  LEFT JOIN inventory_level AS level ON level.inventory_item_id = item.id AND level.deleted_at IS NULL`

const RECORD = "LEFT JOIN odoo_stock_record AS record ON record.inventory_item_id = item.id AND record.deleted_at IS NULL"

/** The SKU of a row. An item that holds the stock of a SKU without a variant has no SKU itself; the plugin's stock record has it. */
const SKU = "coalesce(item.sku, record.sku)"

const AVAILABLE = "coalesce(level.stocked_quantity - level.reserved_quantity, 0)"

/** The product of an item. Of several variants with this item, the first linked one counts. */
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
 * The rows of an unfiltered list that a page can need: first the levels, then the items without a level that are not younger than
 * the last of these levels. For an item the search for levels runs only within that age and after the cursor, so once for each
 * item while a list is read to its end.
 */
function wholeStock({ hasCursor, withUnstocked }: { hasCursor: boolean; withUnstocked: boolean }): PagedList {
  const behind = (row: string) => (hasCursor ? `AND ${behindCursor(`${row}.created_at`, `${row}.id`)}` : "")
  const enough = "CAST(:limit AS bigint) + CAST(:offset AS bigint)"
  const unstocked = `
    UNION ALL
    (
      SELECT item.id, NULL, item.created_at
      FROM inventory_item AS item
      WHERE item.deleted_at IS NULL ${behind("item")}
        AND ((SELECT count(*) FROM stocked) < ${enough} OR item.created_at <= (SELECT max(created_at) FROM stocked))
        AND (SELECT true FROM inventory_level AS level WHERE level.inventory_item_id = item.id AND level.deleted_at IS NULL LIMIT 1) IS NULL
      ORDER BY item.created_at, item.id
      LIMIT ${enough}
    )`
  return {
    columns: "stock.item_id, stock.level_id",
    from: `(
      WITH ${ORPHANED},
      stocked AS MATERIALIZED (
        SELECT level.id, level.created_at
        FROM inventory_level AS level
        WHERE level.deleted_at IS NULL AND level.id NOT IN (SELECT id FROM orphaned) ${behind("level")}
        ORDER BY level.created_at, level.id
        LIMIT ${enough}
      )
      SELECT NULL AS item_id, id AS level_id, created_at FROM stocked ${withUnstocked ? unstocked : ""}
    ) AS stock`,
    conditions: [],
    createdAt: "stock.created_at",
    id: "coalesce(stock.level_id, stock.item_id)",
  }
}

/** The rows that match the filters. */
const filteredStock = (filters: InventoryFilters): PagedList => ({
  columns: "item.id AS item_id, level.id AS level_id",
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
})

/** The columns that the wire shows, for the rows of a page. */
const shown = (withProducts: boolean) => ({
  columns: `item.id, ${SKU} AS sku, item.title,
    coalesce(level.stocked_quantity, 0) AS stocked_quantity,
    coalesce(level.reserved_quantity, 0) AS reserved_quantity,
    ${AVAILABLE} AS available_quantity,
    coalesce(level.incoming_quantity, 0) AS incoming_quantity,
    level.location_id, location.name AS location_name,
    ${withProducts ? PRODUCT : "NULL"} AS product`,
  joined: `LEFT JOIN inventory_level AS level ON level.id = page.level_id
    JOIN inventory_item AS item ON item.id = coalesce(page.item_id, level.inventory_item_id) ${RECORD}
    LEFT JOIN stock_location AS location ON location.id = level.location_id AND location.deleted_at IS NULL`,
})

/**
 * A page of an unfiltered list of stock, without joining all items with all levels, which would take most of the time. Whether
 * items without a level have to be read depends on their number. The page is read with the latest known number while the present
 * one is counted, and read again where that matters.
 */
async function selectWholeStockPage(db: Db, input: { withProducts: boolean; page: PageRequest }): Promise<Page<InventoryRowSource>> {
  const hasCursor = input.page.after !== undefined
  const select = (withUnstocked: boolean) =>
    selectPageRows<InventoryRowSource>(db, { ...wholeStock({ hasCursor, withUnstocked }), shown: shown(input.withProducts) }, {}, input.page)
  const withUnstocked = (lastStockCounts(db)?.unstocked ?? 0) > 0
  const [counts, page] = await Promise.all([countStock(db), select(withUnstocked)])
  return {
    ...(counts.unstocked > 0 && !withUnstocked ? await select(true) : page),
    total: counts.stocked + counts.unstocked,
  }
}

/**
 * One page of stock: a row for each item at each location, and a row for an item without a location. Hand-written, because
 * Medusa's query pages over items and not over levels, and can not sort both together.
 *
 * Rows are sorted by their time of creation, so that a row which is added while a list is read comes at its end.
 */
export function selectInventoryPage(
  db: Db,
  filters: InventoryFilters,
  input: { withProducts: boolean; page: PageRequest }
): Promise<Page<InventoryRowSource>> {
  const { sku, availableBelow, locationId, updatedSince } = filters
  if ([sku, availableBelow, locationId, updatedSince].every((filter) => filter === undefined)) {
    return selectWholeStockPage(db, input)
  }
  return selectPage<InventoryRowSource>(
    db,
    { ...filteredStock(filters), shown: shown(input.withProducts) },
    {
      sku: sku === undefined ? null : containing(sku),
      availableBelow: availableBelow ?? null,
      locationId: locationId ?? null,
      updatedSince: updatedSince ?? null,
    },
    input.page
  )
}
