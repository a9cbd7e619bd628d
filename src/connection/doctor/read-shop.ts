import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { selectStockLocations } from "../../read-model/inventory/select-stock-locations"
import { selectVariantSkus } from "../../read-model/products/select-variant-skus"
import type { ShopFacts, ShopTax, ShopVariant } from "./check"

/** How many variants are read and compared at a time. */
const PAGE_SIZE = 1_000

type Region = { id: string; currency_code: string; countries?: { iso_2?: string }[] }

type Preference = { attribute: string | null; value: string | null; is_tax_inclusive: boolean }

type Rate = { rate: number | null; tax_region_id: string }

/** Whether the prices of a region hold the tax: as the region says, else as its currency does. */
function isInclusive({ id, currency_code: currency }: Region, preferences: readonly Preference[]): boolean {
  const of = (attribute: string, value: string) => preferences.find((preference) => preference.attribute === attribute && preference.value === value)
  return (of("region_id", id) ?? of("currency_code", currency))?.is_tax_inclusive ?? false
}

/** Each tax of the shop once. A rate of 0 needs no tax in Odoo. */
function taxesOf(rates: readonly Rate[], countries: ReadonlyMap<string, string | null>, regions: readonly Region[], preferences: readonly Preference[]): ShopTax[] {
  const taxes = rates.flatMap(({ rate, tax_region_id: taxRegion }) => {
    const country = countries.get(taxRegion)
    const sellsThere = regions.filter((region) => region.countries?.some(({ iso_2: code }) => code === country) === true)
    const ways = new Set(sellsThere.length === 0 ? [false] : sellsThere.map((region) => isInclusive(region, preferences)))
    return rate === null || rate === 0 ? [] : [...ways].map((way) => ({ rate: String(rate), isInclusive: way }))
  })
  return [...new Map(taxes.map((tax) => [JSON.stringify(tax), tax])).values()]
}

async function readTaxes(container: MedusaContainer, regions: readonly Region[]): Promise<ShopTax[]> {
  const tax = container.resolve(Modules.TAX)
  const [rates, taxRegions, preferences] = await Promise.all([
    tax.listTaxRates({}, { select: ["id", "rate", "tax_region_id"], take: null }),
    tax.listTaxRegions({}, { select: ["id", "country_code"], take: null }),
    container.resolve(Modules.PRICING).listPricePreferences({}, { take: null }),
  ])
  return taxesOf(rates, new Map(taxRegions.map(({ id, country_code: country }) => [id, country])), regions, preferences)
}

/** The variants of published products in pages. */
async function* variantPages(container: MedusaContainer): AsyncGenerator<ShopVariant[], void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  for (let after = ""; ; ) {
    const page = await selectVariantSkus(db, { after, limit: PAGE_SIZE })
    const end = page.at(-1)
    if (end === undefined) {
      return
    }
    yield page.map(({ id, sku, name }) => ({ id, sku, name }))
    after = end.id
  }
}

/** Reads what of the shop is compared with Odoo. */
export async function readShop(container: MedusaContainer): Promise<ShopFacts> {
  const [stores, regions, stockLocations] = await Promise.all([
    container.resolve(Modules.STORE).listStores({}, { relations: ["supported_currencies"], take: null }),
    container.resolve(Modules.REGION).listRegions({}, { relations: ["countries"], take: null }),
    selectStockLocations(container.resolve(ContainerRegistrationKeys.PG_CONNECTION)),
  ])
  const codes = [...stores.flatMap(({ supported_currencies: supported }) => supported ?? []), ...regions].map(({ currency_code: code }) => code.toUpperCase())
  return {
    currencies: [...new Set(codes)].sort(),
    taxes: await readTaxes(container, regions),
    stockLocations,
    variants: () => variantPages(container),
  }
}
