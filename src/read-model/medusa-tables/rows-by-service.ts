import { container } from "@medusajs/framework"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { columnsOf, type ReadTable } from "./columns"

/** A row in the form of a service of Medusa, by the names of the columns. */
export type ServiceRow = Readonly<Record<string, unknown>>

type Service = Readonly<Record<string, unknown>>

type List = (filters: object, config: object) => Promise<ServiceRow[]>

/** The source of the rows of a table: a list of a module's service. */
type Source = {
  find: () => { service: Service | undefined; method: string }
  /** the member that identifies a record; missing where it is `id` */
  key?: string
  /** whether the list returns only members that are named in `select` */
  isReserved?: boolean
  /** the relation of the listed records that holds the rows; missing where the records are the rows */
  relation?: string
  /** makes the row of a record and one of its relations */
  row?: (record: ServiceRow, related: ServiceRow) => ServiceRow
}

const inModule = (module: string, method: string): Source => ({
  find: () => ({ service: container.resolve<Service>(module, { allowUnregistered: true }), method }),
})

const within = (source: Source, relation: string, row: Source["row"]): Source => ({ ...source, relation, ...(row === undefined ? {} : { row }) })

const inLink = (...[module, key, otherModule, otherKey]: [string, string, string, string]): Source => ({
  find: () => {
    const service: unknown = container.resolve(ContainerRegistrationKeys.LINK).getLinkModule(module, key, otherModule, otherKey)
    return { service: service as Service | undefined, method: "list" }
  },
})

const products = inModule(Modules.PRODUCT, "listProducts")

const fulfillments = inModule(Modules.FULFILLMENT, "listFulfillments")

const stores = inModule(Modules.STORE, "listStores")

const ofFulfillment = ({ id: fulfillment_id }: ServiceRow, part: ServiceRow) => ({ ...part, fulfillment_id })

const ofStore = ({ id: store_id }: ServiceRow, part: ServiceRow) => ({ ...part, store_id })

/** The source of each table's rows in Medusa's services. */
const SOURCES: Readonly<Record<ReadTable, Source>> = {
  capture: inModule(Modules.PAYMENT, "listCaptures"),
  cart: inModule(Modules.CART, "listCarts"),
  currency: { ...inModule(Modules.CURRENCY, "listCurrencies"), key: "code" },
  customer: inModule(Modules.CUSTOMER, "listCustomers"),
  customer_address: inModule(Modules.CUSTOMER, "listCustomerAddresses"),
  fulfillment: fulfillments,
  fulfillment_item: within(fulfillments, "items", ofFulfillment),
  fulfillment_label: within(fulfillments, "labels", ofFulfillment),
  geo_zone: inModule(Modules.FULFILLMENT, "listGeoZones"),
  image: within(products, "images", ({ id: product_id }, image) => ({ ...image, product_id })),
  inventory_item: inModule(Modules.INVENTORY, "listInventoryItems"),
  inventory_level: inModule(Modules.INVENTORY, "listInventoryLevels"),
  location_fulfillment_set: inLink(Modules.STOCK_LOCATION, "stock_location_id", Modules.FULFILLMENT, "fulfillment_set_id"),
  order: { ...inModule(Modules.ORDER, "listOrders"), isReserved: true },
  order_address: inModule(Modules.ORDER, "listOrderAddresses"),
  order_cart: inLink(Modules.ORDER, "order_id", Modules.CART, "cart_id"),
  order_change: inModule(Modules.ORDER, "listOrderChanges"),
  order_change_action: inModule(Modules.ORDER, "listOrderChangeActions"),
  order_credit_line: inModule(Modules.ORDER, "listOrderCreditLines"),
  order_fulfillment: inLink(Modules.ORDER, "order_id", Modules.FULFILLMENT, "fulfillment_id"),
  order_item: inModule(Modules.ORDER, "listOrderItems"),
  order_line_item: inModule(Modules.ORDER, "listOrderLineItems"),
  order_line_item_adjustment: inModule(Modules.ORDER, "listOrderLineItemAdjustments"),
  order_line_item_tax_line: inModule(Modules.ORDER, "listOrderLineItemTaxLines"),
  order_payment_collection: inLink(Modules.ORDER, "order_id", Modules.PAYMENT, "payment_collection_id"),
  order_shipping: inModule(Modules.ORDER, "listOrderShippings"),
  order_shipping_method: inModule(Modules.ORDER, "listOrderShippingMethods"),
  order_shipping_method_adjustment: inModule(Modules.ORDER, "listOrderShippingMethodAdjustments"),
  order_shipping_method_tax_line: inModule(Modules.ORDER, "listOrderShippingMethodTaxLines"),
  order_summary: inModule(Modules.ORDER, "listOrderSummaries"),
  payment: inModule(Modules.PAYMENT, "listPayments"),
  payment_collection: inModule(Modules.PAYMENT, "listPaymentCollections"),
  price: inModule(Modules.PRICING, "listPrices"),
  product: products,
  product_category: inModule(Modules.PRODUCT, "listProductCategories"),
  product_category_product: within(products, "categories", ({ id: product_id }, { id: product_category_id }) => ({ product_id, product_category_id })),
  product_option: inModule(Modules.PRODUCT, "listProductOptions"),
  product_option_value: inModule(Modules.PRODUCT, "listProductOptionValues"),
  product_product_option: inModule(Modules.PRODUCT, "listProductProductOptions"),
  product_product_option_value: within(
    inModule(Modules.PRODUCT, "listProductProductOptions"),
    "values",
    ({ id: product_product_option_id }, { id: product_option_value_id }) => ({ product_product_option_id, product_option_value_id })
  ),
  product_sales_channel: inLink(Modules.PRODUCT, "product_id", Modules.SALES_CHANNEL, "sales_channel_id"),
  product_shipping_profile: inLink(Modules.PRODUCT, "product_id", Modules.FULFILLMENT, "shipping_profile_id"),
  product_tag: inModule(Modules.PRODUCT, "listProductTags"),
  product_tags: within(products, "tags", ({ id: product_id }, { id: product_tag_id }) => ({ product_id, product_tag_id })),
  product_variant: inModule(Modules.PRODUCT, "listProductVariants"),
  product_variant_inventory_item: inLink(Modules.PRODUCT, "variant_id", Modules.INVENTORY, "inventory_item_id"),
  product_variant_option: within(
    inModule(Modules.PRODUCT, "listProductVariants"),
    "options",
    ({ id: variant_id }, { id: option_value_id }) => ({ variant_id, option_value_id })
  ),
  product_variant_price_set: inLink(Modules.PRODUCT, "variant_id", Modules.PRICING, "price_set_id"),
  refund: inModule(Modules.PAYMENT, "listRefunds"),
  refund_reason: inModule(Modules.PAYMENT, "listRefundReasons"),
  reservation_item: inModule(Modules.INVENTORY, "listReservationItems"),
  sales_channel_stock_location: inLink(Modules.SALES_CHANNEL, "sales_channel_id", Modules.STOCK_LOCATION, "stock_location_id"),
  service_zone: inModule(Modules.FULFILLMENT, "listServiceZones"),
  shipping_option: inModule(Modules.FULFILLMENT, "listShippingOptions"),
  shipping_option_rule: inModule(Modules.FULFILLMENT, "listShippingOptionRules"),
  shipping_profile: inModule(Modules.FULFILLMENT, "listShippingProfiles"),
  stock_location: inModule(Modules.STOCK_LOCATION, "listStockLocations"),
  store: stores,
  store_currency: within(stores, "supported_currencies", ofStore),
  store_locale: within(stores, "supported_locales", ofStore),
  translation: inModule(Modules.TRANSLATION, "listTranslations"),
}

/** How many records a service lists at once. */
const CHUNK = 1_000

/**
 * Reads the rows of a table of Medusa, with deleted ones, through the service of the table's module. Without that module there are no
 * rows.
 * @param filters the filters of Medusa's service for the rows that the caller needs
 * @throws Error where the service has no list of these rows
 */
export async function rowsByService(table: ReadTable, filters: object): Promise<ServiceRow[]> {
  const { find, isReserved = false, key = "id", relation, row } = SOURCES[table]
  const { service, method } = find()
  if (service === undefined) {
    return []
  }
  const list = service[method]
  if (typeof list !== "function") {
    throw new Error(`odoo: Medusa's table ${table} has other columns than this plugin knows, and there is no ${method} to read it with`)
  }
  const select = isReserved ? { select: columnsOf(table).map(([name]) => name) } : {}
  const config = { ...select, relations: relation === undefined ? [] : [relation], withDeleted: true, order: { [key]: "ASC" }, take: CHUNK }
  const rows: ServiceRow[] = []
  for (let skip = 0, size = CHUNK; size === CHUNK; skip += CHUNK) {
    const records = await (list as List).call(service, filters, { ...config, skip })
    size = records.length
    rows.push(
      ...records.flatMap((record) => {
        const related = relation === undefined ? undefined : (record[relation] as ServiceRow[] | undefined)
        return relation === undefined ? [record] : (related ?? []).map((each) => (row === undefined ? each : row(record, each)))
      })
    )
  }
  return rows
}
