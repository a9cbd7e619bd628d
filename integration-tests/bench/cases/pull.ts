import type { OrderDocument } from "../../../src/wire/order-document"
import type { Bench } from "../bench"
import { atMostStatements, OURS, quicker, within, type CaseMaker, type Contender } from "../case"

const MEDUSA = "Medusa's API"
const FLOOR = "floor"
const LAST_PAGE = "last page"
const AT_WORK = "shop at work"

/** What Odoo pulls an order for; with fewer fields Medusa's API would do less than the plugin. */
const ORDER_FIELDS = [
  "id,display_id,status,email,currency_code,created_at,updated_at,canceled_at,metadata,payment_status,fulfillment_status",
  "total,tax_total,discount_subtotal,credit_line_total",
  "*customer,*shipping_address,*billing_address,*shipping_methods,*payment_collections,*fulfillments",
  "*items,*items.detail,items.variant.barcode,items.variant.weight,items.variant.metadata,items.variant.product.metadata",
].join(",")

const CUSTOMER_FIELDS = "id,email,first_name,last_name,phone,company_name,has_account,created_at,updated_at,metadata,*addresses"

const INVENTORY_FIELDS = "id,sku,title,*location_levels,location_levels.stock_locations.name"

/** A page takes so little that a few turns say nothing of a Medusa that has run for longer than a minute. */
const turnsOf = ({ size }: Bench) => 4 * size.turns

/** Reads a page and makes sure that it is whole. */
function page(ask: () => Promise<unknown[]>, size: number): Contender {
  return {
    run: async () => {
      const { length } = await ask()
      if (length !== size) {
        throw new Error(`a page has ${String(length)} of ${String(size)} rows`)
      }
      return undefined
    },
  }
}

const ours = ({ odoo, size }: Bench, what: string, params: object = {}): Contender =>
  page(async () => (await odoo.get<Record<string, unknown[]>>(`/odoo/${what}`, { params: { limit: size.page, ...params } })).data[what] ?? [], size.page)

const medusa = ({ admin, size }: Bench, path: string, what: string, fields: string): Contender =>
  page(
    async () => (await admin.get<Record<string, unknown[]>>(`/admin/${path}`, { params: { limit: size.page, fields } })).data[what] ?? [],
    size.page
  )

/** Only what an order's document cannot do without, straight from the tables: nothing is calculated. */
const FLOOR_STATEMENT = `
  SELECT json_agg(shown) AS orders FROM (
    SELECT "order".id, "order".display_id, "order".status, "order".email, "order".currency_code, "order".created_at,
      "order".updated_at, "order".canceled_at, "order".metadata, row_to_json(customer) AS customer,
      row_to_json(destination) AS shipping_address, row_to_json(payer) AS billing_address,
      (SELECT json_agg(json_build_object('id', line.id, 'title', line.product_title, 'sku', line.variant_sku, 'barcode', line.variant_barcode,
         'variant_title', line.variant_title, 'variant_id', line.variant_id, 'product_id', line.product_id, 'quantity', item.quantity,
         'unit_price', line.unit_price, 'weight', variant.weight, 'metadata', variant.metadata, 'product_metadata', product.metadata,
         'fulfilled', item.fulfilled_quantity, 'returned', item.return_received_quantity,
         'taxes', (SELECT json_agg(rate) FROM order_line_item_tax_line AS tax WHERE tax.item_id = line.id AND tax.deleted_at IS NULL),
         'discounts', (SELECT json_agg(amount) FROM order_line_item_adjustment AS adjustment WHERE adjustment.item_id = line.id AND adjustment.deleted_at IS NULL)))
       FROM order_item AS item JOIN order_line_item AS line ON line.id = item.item_id
         LEFT JOIN product_variant AS variant ON variant.id = line.variant_id LEFT JOIN product ON product.id = variant.product_id
       WHERE item.order_id = "order".id AND item.version = "order".version AND item.deleted_at IS NULL) AS items,
      (SELECT json_agg(json_build_object('id', method.id, 'name', method.name, 'amount', method.amount,
         'taxes', (SELECT json_agg(rate) FROM order_shipping_method_tax_line AS tax WHERE tax.shipping_method_id = method.id AND tax.deleted_at IS NULL)))
       FROM order_shipping AS shipping JOIN order_shipping_method AS method ON method.id = shipping.shipping_method_id
       WHERE shipping.order_id = "order".id AND shipping.version = "order".version AND shipping.deleted_at IS NULL) AS shipping_methods,
      (SELECT json_agg(json_build_object('status', collection.status, 'amount', collection.amount, 'captured', collection.captured_amount))
       FROM order_payment_collection AS paid JOIN payment_collection AS collection ON collection.id = paid.payment_collection_id
       WHERE paid.order_id = "order".id AND paid.deleted_at IS NULL) AS payment_collections,
      (SELECT json_agg(json_build_object('shipped_at', fulfillment.shipped_at, 'delivered_at', fulfillment.delivered_at))
       FROM order_fulfillment AS sent JOIN fulfillment ON fulfillment.id = sent.fulfillment_id
       WHERE sent.order_id = "order".id AND sent.deleted_at IS NULL) AS fulfillments
    FROM (
        SELECT * FROM "order" WHERE deleted_at IS NULL AND is_draft_order = false ORDER BY created_at, id LIMIT $1
      ) AS "order"
      LEFT JOIN customer ON customer.id = "order".customer_id
      LEFT JOIN order_address AS destination ON destination.id = "order".shipping_address_id
      LEFT JOIN order_address AS payer ON payer.id = "order".billing_address_id
  ) AS shown`

const orders: CaseMaker = (bench) => {
  const { database, size } = bench
  return {
    title: `a page of ${String(size.page)} orders with all that their documents show, of ${size.orders.toLocaleString("en")}`,
    contenders: {
      [OURS]: ours(bench, "orders"),
      [MEDUSA]: medusa(bench, "orders", "orders", ORDER_FIELDS),
      [FLOOR]: page(
        async () => (await database.query<{ orders: unknown[] }>(FLOOR_STATEMENT, [size.page])).rows[0]?.orders ?? [],
        size.page
      ),
    },
    goals: [quicker(MEDUSA, 5), within(3, FLOOR), atMostStatements(3)],
    turns: turnsOf(bench),
  }
}

/** Behind the order from which on one page is left. */
async function lastCursor({ odoo, size }: Bench): Promise<string> {
  const offset = size.orders - size.page - 1
  const { data } = await odoo.get<{ orders: OrderDocument[]; pagination: { next_cursor: string } }>("/odoo/orders", { params: { limit: 1, offset } })
  return data.pagination.next_cursor
}

const lastOrders: CaseMaker = async (bench) => ({
  title: `the last page of ${bench.size.orders.toLocaleString("en")} orders, by cursor, and the first one`,
  contenders: {
    [OURS]: ours(bench, "orders"),
    [LAST_PAGE]: ours(bench, "orders", { cursor: await lastCursor(bench) }),
  },
  goals: [within(1.2, OURS, LAST_PAGE)],
  turns: turnsOf(bench),
})

const customers: CaseMaker = (bench) => ({
  title: `a page of ${String(bench.size.page)} customers, of ${bench.size.customers.toLocaleString("en")}`,
  contenders: {
    [OURS]: ours(bench, "customers"),
    [MEDUSA]: medusa(bench, "customers", "customers", CUSTOMER_FIELDS),
  },
  goals: [quicker(MEDUSA, 3)],
  turns: turnsOf(bench),
})

const inventory: CaseMaker = (bench) => {
  const { shop, size } = bench
  // Medusa makes an item with each variant, and its stock comes later
  const unstocked = size.skus / 100
  return {
    title: `a page of ${String(size.page)} rows of stock, of ${size.skus.toLocaleString("en")}, behind another page; and where something was written since, and 1 % more items are at no location`,
    contenders: {
      // as in a pull of the whole list
      [OURS]: { ...ours(bench, "inventory"), prepare: ours(bench, "inventory").run },
      [MEDUSA]: medusa(bench, "inventory-items", "inventory_items", INVENTORY_FIELDS),
      [AT_WORK]: {
        ...ours(bench, "inventory"),
        prepare: () =>
          shop.query(
            `INSERT INTO inventory_item (id, sku, created_at)
             SELECT 'iitem_nowhere_' || n, 'NOWHERE-' || n, now() - n * interval '1 hour' FROM generate_series(1, $1::integer) AS n`,
            [unstocked]
          ),
        // without the checks of foreign keys: each would read all levels, because Medusa has only a partial index for them
        check: () =>
          shop.query("BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM inventory_item WHERE id LIKE 'iitem\\_nowhere\\_%'; COMMIT"),
      },
    },
    goals: [quicker(MEDUSA, 3), quicker(MEDUSA, 3, AT_WORK)],
    turns: turnsOf(bench),
  }
}

export const PULL_CASES: Readonly<Record<string, CaseMaker>> = {
  "pull-orders": orders,
  "pull-orders-end": lastOrders,
  "pull-customers": customers,
  "pull-inventory": inventory,
}
