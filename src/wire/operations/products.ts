import {
  bulkProductsAnswerSchema,
  deletedProductAnswerSchema,
  productAnswerSchema,
  productWebhookAnswerSchema,
} from "../answer-schemas/products"
import { bulkProductsBody, productBody, productWebhookBody } from "../schemas/products"
import { operation } from "./operation"

const IDS = { product_id: "prod_01JD3XK8V7Q2M5N9P4R6T8W0YC", variant_id: "variant_01JD3XK8V7Q2M5N9P4R6T8W0YD" } as const

/** The routes of products (contract 4 and 6). */
export const productOperations = [
  operation({
    method: "post",
    path: "/odoo/products",
    scope: "push",
    tag: "Products",
    summary: "Create or update a product",
    description:
      "The product is found by its SKU, else by its `odoo_product_id`: its SKU has changed then. `sku`, `title` and `price` are needed to make one; " +
      "an update changes only what is sent, and null counts as not sent. `false` and an empty text clear what Odoo sends of every product " +
      "(`description`, `barcode`, `weight`, `brand`, `hs_code`, `origin_country`, `tags`, `images`, `compare_at_price`, `cost_price`, texts in other languages); " +
      "for all else they count as not sent. A null within `metadata` removes the key. Lists (`images`, `tags`, `categories`) are the whole list. " +
      "Products that share `odoo_product_tmpl_id` are variants of one product, told apart by `attributes`; its title is that of the oldest of them. " +
      "A quantity is set where its location is certain: named, or the shop's only one; else `stock` is `skipped`, and `reason` says why. " +
      "`active: false` takes the product out of the shop, `active: true` brings it back.",
    body: productBody,
    answer: productAnswerSchema,
    errors: ["VALIDATION_ERROR", "DUPLICATE_SKU", "INVENTORY_ERROR", "SYNC_FAILED"],
    examples: {
      "a new product": {
        body: {
          odoo_product_id: 4711,
          sku: "LAMP-1",
          title: "Desk lamp",
          title_ar: "مصباح مكتب",
          price: 12500,
          cost_price: 8000,
          weight: 1.5,
          weight_unit: "kg",
          barcode: "6291041500299",
          categories: ["Home / Lighting"],
          brand: "Lumen",
          tags: ["new"],
          images: [{ url: "https://img.example.com/lamp.png", position: 1 }],
          inventory: { quantity: 20 },
        },
        answer: {
          success: true,
          product: { id: IDS.product_id, title: "Desk lamp", handle: "desk-lamp", variant_id: IDS.variant_id, sku: "LAMP-1", created: true, updated: false },
        },
      },
      "a count in a shop with several stock locations": {
        body: { sku: "SHIRT-S", title: "Linen shirt", qty_available: 57 },
        answer: {
          success: true,
          product: { id: IDS.product_id, title: "Linen shirt", handle: "cotton-shirt", variant_id: IDS.variant_id, sku: "SHIRT-S", created: false, updated: true },
          stock: "skipped",
          reason: "no location is named, and the shop has several: name it by location_id, warehouse_id or warehouse_name",
        },
      },
      "another price": {
        body: { sku: "SHIRT-S", price: 5500 },
        answer: {
          success: true,
          product: { id: IDS.product_id, title: "Cotton shirt", handle: "cotton-shirt", variant_id: IDS.variant_id, sku: "SHIRT-S", created: false, updated: true },
        },
      },
    },
  }),
  operation({
    method: "post",
    path: "/odoo/products/bulk",
    scope: "push",
    tag: "Products",
    summary: "Create or update many products",
    description:
      "One bad product does not stop the others; with `atomic` it stops all, and only the bad ones are listed. " +
      "A SKU that comes twice is taken as one product, of which the later decides. What must be unique (SKUs, bar codes, handles, attributes) " +
      "is judged by how the push leaves it: products may swap them. `notes` says of single products what the answer to one product says beside `product`.",
    body: bulkProductsBody,
    answer: bulkProductsAnswerSchema,
    errors: ["VALIDATION_ERROR"],
    examples: {
      "two variants of one product": {
        body: {
          products: [
            { odoo_product_id: 51, odoo_product_tmpl_id: 30, sku: "TEE-BLACK-S", title: "T-shirt", price: 3000, attributes: { Color: "Black", Size: "S" } },
            { odoo_product_id: 52, odoo_product_tmpl_id: 30, sku: "TEE-BLACK-M", title: "T-shirt", price: 3000, attributes: { Color: "Black", Size: "M" } },
          ],
        },
        answer: { success: true, results: { total: 2, created: 2, updated: 0, unchanged: 0, failed: 0, errors: [] } },
      },
      "what would change": {
        body: { products: [{ sku: "SHIRT-S", price: 5500 }], dry_run: true },
        answer: {
          success: true,
          results: {
            total: 1, created: 0, updated: 1, unchanged: 0, failed: 0, errors: [], dry_run: true,
            items: [{ index: 0, sku: "SHIRT-S", action: "update", changes: ["prices.kwd"] }],
          },
        },
      },
    },
  }),
  operation({
    method: "delete",
    path: "/odoo/products/{sku}",
    scope: "push",
    tag: "Products",
    summary: "Delete a variant, and its product with its last variant",
    description: "The stock of the SKU is kept, and lines of orders stay.",
    params: { sku: "the SKU, percent-encoded" },
    answer: deletedProductAnswerSchema,
    errors: ["SKU_NOT_FOUND"],
    examples: {
      "the last variant": {
        params: { sku: "MUG-WHITE" },
        answer: { success: true, sku: "MUG-WHITE", variant_id: IDS.variant_id, product_id: IDS.product_id, product_deleted: true },
      },
    },
  }),
  operation({
    method: "post",
    path: "/odoo/webhooks/products",
    scope: "push",
    tag: "Webhooks",
    summary: "A product was made, changed or deleted in Odoo",
    description:
      "A product that is not in the catalogue is not published: its stock is kept until a variant has its SKU (the option " +
      "`createProductsFromWebhooks` publishes it). `product.deleted`, or `active: false`, takes a product out of the shop: no stock, and a draft once " +
      "none of its variants is left; an update with `active: true` brings back what it was. The weight is in kg. A quantity whose location is not certain " +
      "is left alone (`stock: \"skipped\"`), and the rest of the product is brought up to date.",
    body: productWebhookBody,
    answer: productWebhookAnswerSchema,
    errors: ["VALIDATION_ERROR", "DUPLICATE_SKU", "INVENTORY_ERROR", "SYNC_FAILED"],
    examples: {
      "another price and stock": {
        body: {
          event_type: "product.updated",
          product: { odoo_id: 7, sku: "SHIRT-S", name: "Cotton shirt", list_price: 5.5, active: true, qty_available: 30 },
        },
        answer: { success: true, action: "updated", product: { ...IDS, sku: "SHIRT-S" } },
      },
      "one that the catalogue does not know": {
        body: { event_type: "product.created", product: { odoo_id: 8, sku: "VASE-1", name: "Vase", list_price: 9, qty_available: 4 } },
        answer: {
          success: true,
          action: "inventory_created",
          message: "VASE-1 is not in the catalogue and was not published. Its stock is kept until a variant has this SKU.",
          sku: "VASE-1",
        },
      },
    },
  }),
]
