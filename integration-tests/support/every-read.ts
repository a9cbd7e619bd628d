import type { RecordSource } from "../../src/read-model/record-sources/record-source"
import { selectCustomerPage } from "../../src/read-model/customers/select-customer-page"
import { selectBuyers, selectCustomers } from "../../src/read-model/customers/select-customers"
import { countStock } from "../../src/read-model/inventory/count-stock"
import { selectAdoptableRecords } from "../../src/read-model/inventory/select-adoptable-records"
import { selectDetachedReservations } from "../../src/read-model/inventory/select-detached-reservations"
import { selectIdleItems } from "../../src/read-model/inventory/select-idle-items"
import { selectInventoryLevels } from "../../src/read-model/inventory/select-inventory-levels"
import { selectInventoryPage } from "../../src/read-model/inventory/select-inventory-page"
import { selectKeptSkusOfVariants } from "../../src/read-model/inventory/select-kept-skus-of-variants"
import { selectLinkedStockItems } from "../../src/read-model/inventory/select-linked-stock-items"
import { selectLiveItems } from "../../src/read-model/inventory/select-live-items"
import { selectMissingPieces } from "../../src/read-model/inventory/select-missing-pieces"
import { selectOpenCounts } from "../../src/read-model/inventory/select-open-counts"
import { selectReservations } from "../../src/read-model/inventory/select-reservations"
import { selectSkuItems } from "../../src/read-model/inventory/select-sku-items"
import { selectStockItems, selectStockItemsIgnoringCase } from "../../src/read-model/inventory/select-stock-items"
import { selectStockLocations } from "../../src/read-model/inventory/select-stock-locations"
import { selectUnknownLocations } from "../../src/read-model/inventory/select-unknown-locations"
import { selectOrderPage } from "../../src/read-model/orders/select-order-page"
import { selectOrderStatuses } from "../../src/read-model/orders/select-order-statuses"
import { selectOrders } from "../../src/read-model/orders/select-orders"
import { selectBarcodes } from "../../src/read-model/products/select-barcodes"
import { selectCatalogueProducts } from "../../src/read-model/products/select-catalogue-products"
import { selectCatalogueVariants } from "../../src/read-model/products/select-catalogue-variants"
import { selectProductCategories } from "../../src/read-model/products/select-product-categories"
import { selectProductNames } from "../../src/read-model/products/select-product-names"
import { selectProductSelling } from "../../src/read-model/products/select-product-selling"
import { selectProductTags } from "../../src/read-model/products/select-product-tags"
import { selectTakenHandles } from "../../src/read-model/products/select-taken-handles"
import { selectTemplateProducts } from "../../src/read-model/products/select-template-products"
import { selectTranslations } from "../../src/read-model/products/select-translations"
import { selectUnchangedProducts } from "../../src/read-model/products/select-unchanged-products"
import { selectUniqueOwners } from "../../src/read-model/products/select-unique-owners"
import { selectVariantSkus } from "../../src/read-model/products/select-variant-skus"
import { selectVariantsByLowerSkuOrOdooId, selectVariantsBySku } from "../../src/read-model/products/select-variant-matches"
import { countBacklog, selectBacklog } from "../../src/read-model/record-sources/select-backlog"
import { selectChangedRecords } from "../../src/read-model/record-sources/select-changed-records"
import { selectMirrorMistakes } from "../../src/read-model/record-sources/select-mirror-mistakes"
import { selectNamedLinks } from "../../src/read-model/record-sources/select-named-links"
import { selectSourceVersions } from "../../src/read-model/record-sources/select-source-versions"
import { selectUnmirroredLinks } from "../../src/read-model/record-sources/select-unmirrored-links"
import { selectUnseenRecords } from "../../src/read-model/record-sources/select-unseen-records"
import { selectStoreDefaults } from "../../src/read-model/store/select-store-defaults"
import type { Db } from "../../src/database/statement"
import { selectCustomersOfAddress, selectCustomersOfOrder } from "../../src/records/customer/select-customers-of"
import { customerSource } from "../../src/records/customer/source"
import { selectOrdersOf } from "../../src/records/order/select-orders-of"
import { orderSource } from "../../src/records/order/source"

/** What of a shop the statements are asked about. */
export type Asked = {
  orders: string[]
  lines: string[]
  fulfillments: string[]
  payments: string[]
  customers: string[]
  addresses: string[]
  products: string[]
  variants: string[]
  items: string[]
  skus: string[]
  location: string
}

const PAGE = { after: undefined, limit: 50, offset: 0 }

const LONG_AGO = new Date(0)

const ODOO = { id: "odoo", is_odoo: true }

const readsOfRecords = (source: RecordSource, ids: string[]): Record<string, (db: Db) => Promise<unknown>> => ({
  [`selectBacklog ${source.kind}`]: (db) => selectBacklog(db, source, { since: LONG_AGO, after: null, limit: 50 }),
  [`countBacklog ${source.kind}`]: (db) => countBacklog(db, source, LONG_AGO),
  [`selectBacklog of a destination ${source.kind}`]: (db) =>
    selectBacklog(db, source, { since: LONG_AGO, after: null, limit: 50, destination: ODOO }),
  [`countBacklog of a destination ${source.kind}`]: (db) => countBacklog(db, source, LONG_AGO, ODOO),
  [`selectChangedRecords ${source.kind}`]: (db) => selectChangedRecords(db, source, { from: null, after: null, limit: 50 }),
  [`selectMirrorMistakes ${source.kind}`]: (db) => selectMirrorMistakes(db, source),
  [`selectNamedLinks ${source.kind}`]: (db) => selectNamedLinks(db, source, ids),
  [`selectSourceVersions ${source.kind}`]: (db) => selectSourceVersions(db, source, ids, []),
  [`selectUnmirroredLinks ${source.kind}`]: (db) => selectUnmirroredLinks(db, source, null, 50),
  [`selectUnseenRecords ${source.kind}`]: (db) => selectUnseenRecords(db, source, { installedAt: new Date(), before: null, limit: 50 }),
})

/** Every statement of the plugin that reads tables of Medusa, by its function's name, with all that narrows it. */
export function everyRead(asked: Asked): Record<string, (db: Db) => Promise<unknown>> {
  const { orders, lines, fulfillments, payments, customers, addresses, products, variants, items, skus, location } = asked
  const [order = "", address = "", fulfillment = "", payment = "", sku = ""] =
    [orders[0], addresses[0], fulfillments[0], payments[0], skus[0]]
  const filters = { updatedSince: LONG_AGO }
  return {
    ...readsOfRecords(orderSource, orders),
    ...readsOfRecords(customerSource, customers),
    selectCustomerPage: (db) => selectCustomerPage(db, { ...filters, createdAfter: LONG_AGO, email: "e", phone: "1" }, PAGE),
    "selectCustomerPage of all": (db) => selectCustomerPage(db, {}, PAGE),
    selectCustomers: (db) => selectCustomers(db, customers),
    selectBuyers: (db) => selectBuyers(db, customers),
    countStock: async (db) => {
      const { stocked, unstocked } = await countStock(db)
      return { stocked, unstocked }
    },
    selectAdoptableRecords: (db) => selectAdoptableRecords(db, null),
    selectDetachedReservations: (db) => selectDetachedReservations(db, "line", 0),
    selectIdleItems: (db) => selectIdleItems(db, items),
    selectInventoryLevels: (db) => selectInventoryLevels(db, items),
    selectInventoryPage: (db) => selectInventoryPage(db, { ...filters, sku: "S", availableBelow: 1_000, locationId: location }, { withProducts: true, page: PAGE }),
    "selectInventoryPage of all": (db) => selectInventoryPage(db, {}, { withProducts: true, page: PAGE }),
    selectKeptSkusOfVariants: (db) => selectKeptSkusOfVariants(db, variants),
    selectLinkedStockItems: (db) => selectLinkedStockItems(db, ["1"]),
    selectLiveItems: (db) => selectLiveItems(db, items),
    selectMissingPieces: (db) => selectMissingPieces(db, variants.map((variantId, index) => ({ index, variantId, locationId: location, quantity: 0 }))),
    selectOpenCounts: (db) => selectOpenCounts(db, skus.map((each) => ({ sku: each, locationId: location, quantity: 1, isAvailable: true, statedAt: null }))),
    selectReservations: (db) => selectReservations(db, lines),
    selectSkuItems: (db) => selectSkuItems(db, skus),
    selectStockItems: (db) => selectStockItems(db, skus),
    selectStockItemsIgnoringCase: (db) => selectStockItemsIgnoringCase(db, skus),
    selectStockLocations,
    selectUnknownLocations: (db) => selectUnknownLocations(db, [location, "nowhere"]),
    selectOrderPage: (db) => selectOrderPage(db, { ...filters, status: ["pending"], dateFrom: LONG_AGO, dateTo: new Date(), synced: false }, PAGE),
    selectOrderStatuses: (db) => selectOrderStatuses(db, orders),
    selectOrders: (db) => selectOrders(db, orders, true),
    selectBarcodes: (db) => selectBarcodes(db, ["6291041500213"]),
    selectCatalogueProducts: (db) => selectCatalogueProducts(db, products),
    selectCatalogueVariants: (db) => selectCatalogueVariants(db, products),
    selectProductCategories,
    selectProductNames: (db) => selectProductNames(db, variants),
    selectProductSelling: (db) => selectProductSelling(db, products),
    selectProductTags: (db) => selectProductTags(db, ["summer"]),
    selectTakenHandles: (db) => selectTakenHandles(db, ["cotton-shirt"]),
    selectTemplateProducts: (db) => selectTemplateProducts(db, ["1"]),
    selectUnchangedProducts: (db) =>
      selectUnchangedProducts(db, [
        {
          at: 0,
          sku,
          shared_set: {},
          product: {},
          product_set: {},
          product_gone: [],
          variant: {},
          variant_set: {},
          variant_gone: [],
          prices: { kwd: "5" },
          options: { Kind: "S" },
          images: [],
          tags: [],
          category_ids: [],
          location_id: location,
          quantity: 50,
          is_available: false,
        },
      ]),
    selectUniqueOwners: (db) => selectUniqueOwners(db, { skus, barcodes: ["6291041500213"], handles: ["coffee-mug"] }),
    selectVariantSkus: (db) => selectVariantSkus(db, { after: "", limit: 50 }),
    selectVariantsBySku: (db) => selectVariantsBySku(db, skus),
    selectVariantsByLowerSkuOrOdooId: (db) => selectVariantsByLowerSkuOrOdooId(db, { skus, odooIds: ["1"] }),
    selectStoreDefaults: (db) => selectStoreDefaults(db, { salesChannelId: null, shippingProfileId: null }),
    selectCustomersOfOrder: (db) => selectCustomersOfOrder(db, order),
    selectCustomersOfAddress: (db) => selectCustomersOfAddress(db, address),
    "selectOrdersOf a fulfillment": (db) => selectOrdersOf(db, "fulfillment", fulfillment),
    "selectOrdersOf a payment": (db) => selectOrdersOf(db, "payment", payment),
  }
}

/** Statements of a module that not every shop has. */
export const everyTranslationRead = ({ products }: Asked): Record<string, (db: Db) => Promise<unknown>> => ({
  selectTranslations: (db) => selectTranslations(db, products),
})
