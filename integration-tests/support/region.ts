import {
  createRegionsWorkflow,
  createTaxRegionsWorkflow,
  updateProductVariantsWorkflow,
  updateShippingOptionsWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import type { Shop } from "./shop"

/** A market that a shop opens beside its first one, in a currency of its own; all variants and the shipping have a price each in its currency. */
export type Market = {
  currencyCode: string
  countryCode: string
  /** percent */
  taxRate: number
  /** whether prices hold the tax already */
  taxInclusive: boolean
  price: number
  shippingPrice: number
}

/** Prices in each currency that was opened, since Medusa replaces a variant's prices by those that it is given. */
const prices = (markets: readonly Market[], amount: (market: Market) => number) =>
  markets.map((market) => ({ currency_code: market.currencyCode, amount: amount(market) }))

/**
 * Opens a shop's markets.
 * @returns the same shop as each market's shoppers see it, by currency
 */
export async function openMarkets(container: MedusaContainer, shop: Shop, markets: readonly Market[]): Promise<Record<string, Shop>> {
  const [store] = await container.resolve(Modules.STORE).listStores({}, { select: ["id"] })
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const [zone] = await fulfillment.listServiceZones({}, { select: ["id"] })
  if (store === undefined || zone === undefined) {
    throw new Error("the shop has no store or no service zone")
  }
  const currencies = [
    { currency_code: shop.currencyCode, is_default: true },
    ...markets.map((market) => ({ currency_code: market.currencyCode, is_tax_inclusive: market.taxInclusive })),
  ]
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: store.id },
      update: { supported_currencies: currencies },
    },
  })
  await fulfillment.createGeoZones(
    markets.map((market) => ({ type: "country" as const, service_zone_id: zone.id, country_code: market.countryCode }))
  )
  await createTaxRegionsWorkflow(container).run({
    input: markets.map((market) => ({
      country_code: market.countryCode,
      provider_id: "tp_system",
      default_tax_rate: { name: "VAT", code: "VAT", rate: market.taxRate },
    })),
  })
  await updateProductVariantsWorkflow(container).run({
    input: {
      product_variants: Object.values(shop.variants).map(({ id }) => ({ id, prices: prices(markets, (market) => market.price) })),
    },
  })
  await updateShippingOptionsWorkflow(container).run({
    input: [{ id: shop.shippingOptionId, prices: prices(markets, (market) => market.shippingPrice) }],
  })
  const { result: regions } = await createRegionsWorkflow(container).run({
    input: {
      regions: markets.map((market) => ({
        name: market.countryCode.toUpperCase(),
        currency_code: market.currencyCode,
        countries: [market.countryCode],
        payment_providers: ["pp_system_default"],
      })),
    },
  })
  return Object.fromEntries(
    regions.map((region) => [region.currency_code, { ...shop, regionId: region.id, currencyCode: region.currency_code }])
  )
}
