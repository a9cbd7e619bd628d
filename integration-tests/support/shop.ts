import {
  createApiKeysWorkflow,
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  createSalesChannelsWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules, ProductStatus } from "@medusajs/framework/utils"

/** A small shop that sells in one currency, and what a shopper or a test needs to know of it. */
export type Shop = {
  publishableKey: string
  salesChannelId: string
  regionId: string
  currencyCode: string
  locationId: string
  locationName: string
  shippingOptionId: string
  /** the profile of the goods that this option ships: Medusa's migrations have made another one before */
  shippingProfileId: string
  /** variants by SKU */
  variants: Record<string, { id: string; title: string; inventoryItemId: string }>
}

export type ShopInput = {
  currencyCode: string
  countryCode: string
  /** how many pieces of each variant are in stock */
  stock: number
  products: { title: string; handle: string; variants: { title: string; sku: string; price: number; barcode?: string }[] }[]
  shippingPrice: number
  /** percent; prices are without it */
  taxRate?: number
}

/** The shop of the demo and of most tests: three articles, priced in Kuwaiti dinars with their three decimals. */
export const KUWAIT_SHOP: ShopInput = {
  currencyCode: "kwd",
  countryCode: "kw",
  stock: 50,
  shippingPrice: 1.5,
  products: [
    {
      title: "Cotton shirt",
      handle: "cotton-shirt",
      variants: [
        { title: "S", sku: "SHIRT-S", price: 5, barcode: "6291041500213" },
        { title: "M", sku: "SHIRT-M", price: 5.25 },
      ],
    },
    { title: "Coffee mug", handle: "coffee-mug", variants: [{ title: "White", sku: "MUG-WHITE", price: 1.255 }] },
  ],
}

async function seedPlaces(container: MedusaContainer, input: ShopInput) {
  const { result: salesChannels } = await createSalesChannelsWorkflow(container).run({
    input: { salesChannelsData: [{ name: "Web shop" }] },
  })
  const { result: regions } = await createRegionsWorkflow(container).run({
    input: {
      regions: [
        {
          name: input.countryCode.toUpperCase(),
          currency_code: input.currencyCode,
          countries: [input.countryCode],
          payment_providers: ["pp_system_default"],
        },
      ],
    },
  })
  await createTaxRegionsWorkflow(container).run({
    input: [
      {
        country_code: input.countryCode,
        provider_id: "tp_system",
        ...(input.taxRate === undefined ? {} : { default_tax_rate: { name: "VAT", code: "VAT", rate: input.taxRate } }),
      },
    ],
  })
  const { result: locations } = await createStockLocationsWorkflow(container).run({
    input: { locations: [{ name: "Main warehouse", address: { address_1: "Street 1", country_code: input.countryCode } }] },
  })
  const [salesChannel, region, location] = [salesChannels[0], regions[0], locations[0]]
  if (!salesChannel || !region || !location) {
    throw new Error("the shop's sales channel, region or stock location was not created")
  }
  await linkSalesChannelsToStockLocationWorkflow(container).run({ input: { id: location.id, add: [salesChannel.id] } })
  const [store] = await container.resolve(Modules.STORE).listStores({})
  if (store) {
    await updateStoresWorkflow(container).run({
      input: {
        selector: { id: store.id },
        update: {
          default_sales_channel_id: salesChannel.id,
          default_location_id: location.id,
          default_region_id: region.id,
          supported_currencies: [{ currency_code: input.currencyCode, is_default: true }],
        },
      },
    })
  }
  return { salesChannel, region, location }
}

async function seedShipping(
  container: MedusaContainer,
  input: ShopInput,
  place: { locationId: string; regionId: string }
) {
  const { result: profiles } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Goods", type: "default" }] },
  })
  const profile = profiles[0]
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const set = await fulfillment.createFulfillmentSets({
    name: "Delivery",
    type: "shipping",
    service_zones: [
      { name: "Home", geo_zones: [{ type: "country", country_code: input.countryCode }] },
    ],
  })
  const zone = set.service_zones[0]
  if (!profile || !zone) {
    throw new Error("the shop's shipping profile or service zone was not created")
  }
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  await link.create([
    { [Modules.STOCK_LOCATION]: { stock_location_id: place.locationId }, [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" } },
    { [Modules.STOCK_LOCATION]: { stock_location_id: place.locationId }, [Modules.FULFILLMENT]: { fulfillment_set_id: set.id } },
  ])
  const { result: options } = await createShippingOptionsWorkflow(container).run({
    input: [
      {
        name: "Courier",
        price_type: "flat",
        provider_id: "manual_manual",
        service_zone_id: zone.id,
        shipping_profile_id: profile.id,
        type: { label: "Courier", description: "To the door", code: "courier" },
        prices: [{ currency_code: input.currencyCode, amount: input.shippingPrice }],
        rules: [
          { attribute: "enabled_in_store", value: "true", operator: "eq" },
          { attribute: "is_return", value: "false", operator: "eq" },
        ],
      },
    ],
  })
  const option = options[0]
  if (!option) {
    throw new Error("the shop's shipping option was not created")
  }
  return { profileId: profile.id, optionId: option.id }
}

async function seedProducts(
  container: MedusaContainer,
  input: ShopInput,
  place: { locationId: string; salesChannelId: string; profileId: string }
): Promise<Shop["variants"]> {
  await createProductsWorkflow(container).run({
    input: {
      products: input.products.map((product) => ({
        title: product.title,
        handle: product.handle,
        status: ProductStatus.PUBLISHED,
        shipping_profile_id: place.profileId,
        sales_channels: [{ id: place.salesChannelId }],
        options: [{ title: "Kind", values: product.variants.map((variant) => variant.title) }],
        variants: product.variants.map(({ price, ...variant }, rank) => ({
          ...variant,
          // the dashboard numbers them; otherwise chance decides which of two that were made in the same moment is the older one
          variant_rank: rank,
          manage_inventory: true,
          options: { Kind: variant.title },
          prices: [{ currency_code: input.currencyCode, amount: price }],
        })),
      })),
    },
  })
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "product_variant",
    fields: ["id", "sku", "title", "inventory_items.inventory_item_id"],
    filters: { sku: input.products.flatMap((product) => product.variants.map((variant) => variant.sku)) },
  })
  const variants = data as { id: string; sku: string; title: string; inventory_items: { inventory_item_id: string }[] }[]
  const bySku: Shop["variants"] = Object.fromEntries(
    variants.map(({ id, sku, title, inventory_items: items }) => [
      sku,
      { id, title, inventoryItemId: items[0]?.inventory_item_id ?? "" },
    ])
  )
  await createInventoryLevelsWorkflow(container).run({
    input: {
      inventory_levels: Object.values(bySku).map((variant) => ({
        inventory_item_id: variant.inventoryItemId,
        location_id: place.locationId,
        stocked_quantity: input.stock,
      })),
    },
  })
  return bySku
}

/**
 * Builds a shop that can sell: sales channel, region, stock location, shipping, tax, products with stock, and the
 * publishable key that a storefront needs.
 */
export async function seedShop(container: MedusaContainer, input: ShopInput = KUWAIT_SHOP): Promise<Shop> {
  const { salesChannel, region, location } = await seedPlaces(container, input)
  const shipping = await seedShipping(container, input, { locationId: location.id, regionId: region.id })
  const variants = await seedProducts(container, input, {
    locationId: location.id,
    salesChannelId: salesChannel.id,
    profileId: shipping.profileId,
  })
  const { result: keys } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ title: "Storefront", type: "publishable", created_by: "" }] },
  })
  const key = keys[0]
  if (!key) {
    throw new Error("the shop's publishable key was not created")
  }
  await linkSalesChannelsToApiKeyWorkflow(container).run({ input: { id: key.id, add: [salesChannel.id] } })
  return {
    publishableKey: key.token,
    salesChannelId: salesChannel.id,
    regionId: region.id,
    currencyCode: input.currencyCode,
    locationId: location.id,
    locationName: location.name,
    shippingOptionId: shipping.optionId,
    shippingProfileId: shipping.profileId,
    variants,
  }
}
