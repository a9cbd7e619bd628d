import type { OrderDetail } from "../order-detail"
import type { OrderDocument } from "../order-document"
import { EXAMPLE, EXAMPLE_ADDRESS } from "./example-ids"

/** An order of Kuwaiti dinars, which have three decimals: 5000 is 5.000 KWD. */
export const EXAMPLE_ORDER: OrderDocument = {
  id: EXAMPLE.orderId,
  display_id: 42,
  status: "pending",
  payment_status: "authorized",
  fulfillment_status: "not_fulfilled",
  email: "layla@example.com",
  currency_code: "kwd",
  created_at: "2026-11-21T17:34:58.123Z",
  updated_at: "2026-11-21T17:34:58.123Z",
  canceled_at: null,
  customer: {
    id: EXAMPLE.customerId,
    email: "layla@example.com",
    first_name: "Layla",
    last_name: "Al-Sabah",
    phone: "+96522220000",
    has_account: false,
  },
  shipping_address: EXAMPLE_ADDRESS,
  billing_address: EXAMPLE_ADDRESS,
  items: [
    {
      id: "ordli_01JD3XK8V7Q2M5N9P4R6T8W0YC",
      title: "Cotton shirt",
      variant_title: "S",
      sku: "SHIRT-S",
      barcode: "6291041500213",
      weight: null,
      quantity: 2,
      returned_quantity: 0,
      unit_price: 5000,
      is_tax_inclusive: false,
      subtotal: 10_000,
      discount_total: 1000,
      tax_total: 0,
      total: 9000,
      variant_id: "variant_01JD3XK8V7Q2M5N9P4R6T8W0YD",
      product_id: "prod_01JD3XK8V7Q2M5N9P4R6T8W0YE",
      odoo_product_id: 31,
    },
  ],
  shipping_methods: [{ id: "ordsm_01JD3XK8V7Q2M5N9P4R6T8W0YF", name: "Courier", amount: 1500, discount_total: 0, tax_total: 0, total: 1500 }],
  subtotal: 10_000,
  discount_total: 1000,
  tax_total: 0,
  shipping_total: 1500,
  total: 10_500,
  metadata: { odoo_synced: false, odoo_order_id: null, odoo_sync_date: null },
  odoo: { synced: false, odoo_order_id: null, odoo_order_name: null, odoo_status: null, synced_at: null },
}

/** The same order by itself. */
export const EXAMPLE_ORDER_DETAIL: OrderDetail = {
  ...EXAMPLE_ORDER,
  payments: [
    {
      id: "pay_01JD3XK8V7Q2M5N9P4R6T8W0YG",
      provider_id: "pp_system_default",
      amount: 10_500,
      status: "authorized",
      captured_at: null,
    },
  ],
  fulfillments: [],
  refunds: [],
}
