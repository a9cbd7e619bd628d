import { selectColumns } from "../database/select-columns"
import type { Db } from "../database/statement"

/** The tables of Medusa that this folder writes past Medusa's services, with the columns that the statements were written for. */
const KNOWN_COLUMNS = {
  inventory_item: {
    id: "text",
    created_at: "timestamp with time zone",
    updated_at: "timestamp with time zone",
    deleted_at: "timestamp with time zone",
    sku: "text",
    origin_country: "text",
    hs_code: "text",
    mid_code: "text",
    material: "text",
    weight: "integer",
    length: "integer",
    height: "integer",
    width: "integer",
    requires_shipping: "boolean",
    description: "text",
    title: "text",
    thumbnail: "text",
    metadata: "jsonb",
    unit_of_measure: "text",
  },
  inventory_level: {
    id: "text",
    created_at: "timestamp with time zone",
    updated_at: "timestamp with time zone",
    deleted_at: "timestamp with time zone",
    inventory_item_id: "text",
    location_id: "text",
    stocked_quantity: "numeric",
    reserved_quantity: "numeric",
    incoming_quantity: "numeric",
    metadata: "jsonb",
    raw_stocked_quantity: "jsonb",
    raw_reserved_quantity: "jsonb",
    raw_incoming_quantity: "jsonb",
  },
  price: {
    id: "text",
    title: "text",
    price_set_id: "text",
    currency_code: "text",
    raw_amount: "jsonb",
    rules_count: "integer",
    created_at: "timestamp with time zone",
    updated_at: "timestamp with time zone",
    deleted_at: "timestamp with time zone",
    price_list_id: "text",
    amount: "numeric",
    min_quantity: "numeric",
    max_quantity: "numeric",
    raw_min_quantity: "jsonb",
    raw_max_quantity: "jsonb",
  },
  product: {
    id: "text",
    title: "text",
    handle: "text",
    subtitle: "text",
    description: "text",
    is_giftcard: "boolean",
    status: "text",
    thumbnail: "text",
    weight: "real",
    length: "real",
    height: "real",
    width: "real",
    origin_country: "text",
    hs_code: "text",
    mid_code: "text",
    material: "text",
    collection_id: "text",
    type_id: "text",
    discountable: "boolean",
    external_id: "text",
    created_at: "timestamp with time zone",
    updated_at: "timestamp with time zone",
    deleted_at: "timestamp with time zone",
    metadata: "jsonb",
  },
  product_variant: {
    id: "text",
    title: "text",
    sku: "text",
    barcode: "text",
    ean: "text",
    upc: "text",
    allow_backorder: "boolean",
    manage_inventory: "boolean",
    hs_code: "text",
    origin_country: "text",
    mid_code: "text",
    material: "text",
    weight: "real",
    length: "real",
    height: "real",
    width: "real",
    metadata: "jsonb",
    variant_rank: "integer",
    product_id: "text",
    created_at: "timestamp with time zone",
    updated_at: "timestamp with time zone",
    deleted_at: "timestamp with time zone",
    thumbnail: "text",
  },
} as const

/** A table of Medusa that this folder writes past Medusa's services. */
export type DirectTable = keyof typeof KNOWN_COLUMNS

const DIRECT_TABLES = Object.keys(KNOWN_COLUMNS) as DirectTable[]

/** The unexpected columns of each table: new ones, missing ones, and those of another type. */
export type ColumnChanges = Map<DirectTable, string[]>

/**
 * Compares the tables with {@link KNOWN_COLUMNS}. Any difference counts, also a new column: Medusa's service may keep it
 * consistent with the others. A table that does not exist counts as changed.
 */
export async function selectColumnChanges(db: Db): Promise<ColumnChanges> {
  const changes: ColumnChanges = new Map()
  for (const [table, present] of await selectColumns(db, DIRECT_TABLES)) {
    const known: Readonly<Record<string, string>> = KNOWN_COLUMNS[table]
    const names = [...new Set([...Object.keys(known), ...present.keys()])]
    const changed = names.filter((name) => known[name] !== present.get(name))
    if (changed.length > 0) {
      changes.set(table, changed)
    }
  }
  return changes
}
