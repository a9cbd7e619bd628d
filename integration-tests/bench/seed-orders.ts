import { sourceVersion } from "../../src/read-model/record-sources/record-source"
import { customerSource } from "../../src/records/customer/source"
import { orderSource } from "../../src/records/order/source"
import type { ProcessShop } from "../support/process-shop"
import type { Size } from "./size"

const NUMBER = "lpad(n::text, 6, '0')"
const ORDERS = "generate_series(1, $1::integer) AS n"
/** The lines of an order: three, of different products. */
const LINES = `${ORDERS}, generate_series(1, 3) AS line`
const LINE = `${NUMBER} || '_' || line`
/** Which product a line is of; $2 says how many there are. */
const PRODUCT = "((n * 7 + line * 13) % $2::integer + 1)"
const PRODUCT_NUMBER = `lpad(${PRODUCT}::text, 6, '0')`
const PRICE = `((1000 + ${PRODUCT} % 9000)::numeric / 1000)`
/** One a minute; the last ones are hours old. */
const PLACED_AT = "(now() - interval '12 hours' - ($1::integer - n) * interval '1 minute')"
const exact = (amount: string) => `jsonb_build_object('value', (${amount})::text, 'precision', 20)`

const TAX = "15"
const SHIPPING = "1.5"
const PERSON = "'Layla', 'Al-Sabah', 'Salem Al-Mubarak Street 12', 'Kuwait City', 'kw', '20001', '+96522220000'"
const PERSON_COLUMNS = "first_name, last_name, address_1, city, country_code, postal_code, phone"

async function seedCustomers(shop: ProcessShop, { customers }: Size): Promise<void> {
  await shop.query(
    `INSERT INTO customer (id, first_name, last_name, email, phone, has_account, created_at, updated_at)
     SELECT 'cus_' || ${NUMBER}, 'Layla', 'Al-Sabah ' || n, 'shopper-' || n || '@example.com', '+96522220000', true, at, at
     FROM (SELECT n, now() - interval '1 year' + n * interval '1 minute' AS at FROM ${ORDERS}) AS made`,
    [customers]
  )
  await shop.query(
    `INSERT INTO customer_address (id, customer_id, ${PERSON_COLUMNS}, is_default_shipping, created_at, updated_at)
     SELECT 'cuaddr_' || ${NUMBER}, 'cus_' || ${NUMBER}, ${PERSON}, true, at, at
     FROM (SELECT n, now() - interval '1 year' + n * interval '1 minute' AS at FROM ${ORDERS}) AS made`,
    [customers]
  )
}

async function seedLines(shop: ProcessShop, { orders, products }: Size): Promise<void> {
  const fill = (statement: string, ...values: number[]) => shop.query(statement, values)
  await fill(
    `INSERT INTO order_line_item (id, title, product_title, variant_title, variant_sku, variant_id, product_id, unit_price, raw_unit_price,
       is_tax_inclusive, is_discountable, requires_shipping, created_at, updated_at)
     SELECT 'ordli_' || ${LINE}, 'Article ' || ${PRODUCT}, 'Article ' || ${PRODUCT}, 'Article ' || ${PRODUCT}, 'BENCH-' || ${PRODUCT_NUMBER},
       'variant_' || ${PRODUCT_NUMBER}, 'prod_' || ${PRODUCT_NUMBER}, ${PRICE}, ${exact(PRICE)}, false, true, true, ${PLACED_AT}, ${PLACED_AT}
     FROM ${LINES}`,
    orders, products
  )
  const none = exact("0")
  await fill(
    `INSERT INTO order_item (id, order_id, version, item_id, quantity, raw_quantity, fulfilled_quantity, raw_fulfilled_quantity,
       shipped_quantity, raw_shipped_quantity, return_requested_quantity, raw_return_requested_quantity, return_received_quantity,
       raw_return_received_quantity, return_dismissed_quantity, raw_return_dismissed_quantity, written_off_quantity,
       raw_written_off_quantity, delivered_quantity, raw_delivered_quantity, created_at, updated_at)
     SELECT 'orditem_' || ${LINE}, 'order_' || ${NUMBER}, 1, 'ordli_' || ${LINE}, line, ${exact("line")}, 0, ${none},
       0, ${none}, 0, ${none}, 0, ${none}, 0, ${none}, 0, ${none}, 0, ${none}, ${PLACED_AT}, ${PLACED_AT}
     FROM ${LINES}`,
    orders
  )
  await fill(
    `INSERT INTO order_line_item_tax_line (id, item_id, code, description, rate, raw_rate, created_at, updated_at)
     SELECT 'ordlitxl_' || ${LINE}, 'ordli_' || ${LINE}, 'VAT', 'VAT', ${TAX}, ${exact(TAX)}, ${PLACED_AT}, ${PLACED_AT} FROM ${LINES}`,
    orders
  )
  // every fourth order has a discount on its first line
  await fill(
    `INSERT INTO order_line_item_adjustment (id, item_id, code, amount, raw_amount, version, created_at, updated_at)
     SELECT 'ordliadj_' || ${NUMBER}, 'ordli_' || ${NUMBER} || '_1', 'WELCOME', 0.25, ${exact("0.25")}, 1, ${PLACED_AT}, ${PLACED_AT}
     FROM ${ORDERS} WHERE n % 4 = 0`,
    orders
  )
}

async function seedShipping(shop: ProcessShop, { orders }: Size): Promise<void> {
  await shop.query(
    `INSERT INTO order_shipping_method (id, name, amount, raw_amount, is_tax_inclusive, shipping_option_id, created_at, updated_at)
     SELECT 'ordsm_' || ${NUMBER}, 'Courier', ${SHIPPING}, ${exact(SHIPPING)}, false, $2, ${PLACED_AT}, ${PLACED_AT} FROM ${ORDERS}`,
    [orders, shop.shop.shippingOptionId]
  )
  await shop.query(
    `INSERT INTO order_shipping_method_tax_line (id, shipping_method_id, code, description, rate, raw_rate, created_at, updated_at)
     SELECT 'ordsmtxl_' || ${NUMBER}, 'ordsm_' || ${NUMBER}, 'VAT', 'VAT', ${TAX}, ${exact(TAX)}, ${PLACED_AT}, ${PLACED_AT} FROM ${ORDERS}`,
    [orders]
  )
  await shop.query(
    `INSERT INTO order_shipping (id, order_id, version, shipping_method_id, created_at, updated_at)
     SELECT 'ordspmv_' || ${NUMBER}, 'order_' || ${NUMBER}, 1, 'ordsm_' || ${NUMBER}, ${PLACED_AT}, ${PLACED_AT} FROM ${ORDERS}`,
    [orders]
  )
}

/** What the shopper pays: the lines less their discount, and the shipping, with tax. */
const TOTALS = `
  SELECT item.order_id, (sum(item.quantity * line.unit_price - coalesce(discount.amount, 0)) + ${SHIPPING}) * (1 + ${TAX} / 100.0) AS total
  FROM order_item AS item
  JOIN order_line_item AS line ON line.id = item.item_id
  LEFT JOIN order_line_item_adjustment AS discount ON discount.item_id = line.id
  WHERE item.order_id LIKE 'order\\_______'
  GROUP BY item.order_id`

async function seedPayments(shop: ProcessShop): Promise<void> {
  const { currencyCode } = shop.shop
  const total = "trim_scale(total)"
  await shop.query(
    `INSERT INTO order_summary (id, order_id, version, totals)
     SELECT 'ordsum_' || order_id, order_id, 1, jsonb_build_object(
       'current_order_total', total, 'raw_current_order_total', ${exact(total)}, 'original_order_total', total, 'raw_original_order_total', ${exact(total)},
       'accounting_total', total, 'raw_accounting_total', ${exact(total)}, 'pending_difference', total, 'raw_pending_difference', ${exact(total)},
       'paid_total', 0, 'raw_paid_total', ${exact("0")}, 'refunded_total', 0, 'raw_refunded_total', ${exact("0")})
     FROM (${TOTALS}) AS sums`
  )
  await shop.query(
    `INSERT INTO payment_collection (id, currency_code, amount, raw_amount, authorized_amount, raw_authorized_amount, captured_amount, raw_captured_amount,
       refunded_amount, raw_refunded_amount, status, created_at, updated_at)
     SELECT 'pay_col_' || sums.order_id, $1, total, ${exact(total)}, total, ${exact(total)}, 0, ${exact("0")}, 0, ${exact("0")}, 'authorized',
       "order".created_at, "order".created_at
     FROM (${TOTALS}) AS sums JOIN "order" ON "order".id = sums.order_id`,
    [currencyCode]
  )
  await shop.query(
    `INSERT INTO payment_session (id, currency_code, amount, raw_amount, provider_id, data, status, payment_collection_id, created_at, updated_at)
     SELECT 'payses_' || id, currency_code, amount, raw_amount, 'pp_system_default', '{}', 'authorized', id, created_at, updated_at
     FROM payment_collection WHERE id LIKE 'pay_col_order\\_%'`
  )
  await shop.query(
    `INSERT INTO payment (id, amount, raw_amount, currency_code, provider_id, data, payment_collection_id, payment_session_id, created_at, updated_at)
     SELECT 'pay_' || id, amount, raw_amount, currency_code, 'pp_system_default', '{}', id, 'payses_' || id, created_at, updated_at
     FROM payment_collection WHERE id LIKE 'pay_col_order\\_%'`
  )
  await shop.query(
    `INSERT INTO order_payment_collection (id, order_id, payment_collection_id)
     SELECT 'ordpay_' || id, substr(id, length('pay_col_') + 1), id FROM payment_collection WHERE id LIKE 'pay_col_order\\_%'`
  )
}

/** Notes all there is as seen and told, as the plugin would have done in the course of time; Odoo has nine orders of ten. */
async function seedStates(shop: ProcessShop): Promise<void> {
  await shop.query(
    `INSERT INTO odoo_snapshot (id, record_kind, record_id, snapshot, source_version, announced_at)
     SELECT 'ostt_' || id, 'order', id, jsonb_build_object('status', 'pending', 'fulfillment_status', 'not_fulfilled', 'payment_status', 'authorized'),
       ${sourceVersion(orderSource, "record.id")}, created_at
     FROM "order" AS record WHERE id LIKE 'order\\_______'`
  )
  await shop.query(
    `INSERT INTO odoo_snapshot (id, record_kind, record_id, snapshot, source_version, announced_at)
     SELECT 'ostt_' || id, 'customer', id, jsonb_build_object('profile', '{}'::jsonb, 'address_ids', jsonb_build_array('cuaddr_' || substr(id, 5))),
       ${sourceVersion(customerSource, "record.id")}, created_at
     FROM customer AS record WHERE id LIKE 'cus\\_______'`
  )
  await shop.query(
    `INSERT INTO odoo_link (id, record_kind, record_id, odoo_id, odoo_name, synced_at, created_at, updated_at)
     SELECT 'olnk_' || id, 'order', id, display_id::text, 'S' || lpad(display_id::text, 6, '0'), created_at, created_at, created_at
     FROM "order" WHERE id LIKE 'order\\_______' AND display_id % 10 <> 0`
  )
  // as the link is shown in the order's metadata: a sweep would mend what is not
  await shop.query(
    `UPDATE "order" SET metadata = jsonb_build_object('odoo_synced', true, 'odoo_order_id', display_id, 'odoo_order_name', odoo_name,
       'odoo_sync_date', to_char(synced_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
     FROM odoo_link AS link WHERE link.record_id = "order".id AND link.record_kind = 'order'`
  )
  await shop.query(
    `UPDATE odoo_sweep SET installed_at = now() - interval '2 years', baseline_done_at = now(), reconciled_at = now(), swept_until = now(),
       next_at = now() + interval '1 year'`
  )
}

/** Fills the shop's history as Medusa would have it, by SQL: each order has three lines, shipping, tax and a payment. */
export async function seedOrders(shop: ProcessShop, size: Size): Promise<void> {
  await seedCustomers(shop, size)
  await shop.query(
    `INSERT INTO order_address (id, ${PERSON_COLUMNS})
     SELECT kind || ${NUMBER}, ${PERSON} FROM ${ORDERS}, unnest(ARRAY['ordaddr_s', 'ordaddr_b']) AS kind`,
    [size.orders]
  )
  await shop.query(
    `INSERT INTO "order" (id, region_id, customer_id, sales_channel_id, status, email, currency_code, shipping_address_id, billing_address_id,
       version, created_at, updated_at)
     SELECT 'order_' || ${NUMBER}, $2, 'cus_' || lpad((n % $3::integer + 1)::text, 6, '0'), $4, 'pending', 'shopper-' || (n % $3::integer + 1) || '@example.com',
       $5, 'ordaddr_s' || ${NUMBER}, 'ordaddr_b' || ${NUMBER}, 1, ${PLACED_AT}, ${PLACED_AT}
     FROM ${ORDERS}`,
    [size.orders, shop.shop.regionId, size.customers, shop.shop.salesChannelId, shop.shop.currencyCode]
  )
  await seedLines(shop, size)
  await seedShipping(shop, size)
  await seedPayments(shop)
  await seedStates(shop)
}
