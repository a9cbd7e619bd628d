import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId, MedusaError, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { insertPrices } from "../../core-writes/insert-prices"
import { writesDirectly } from "../../core-writes/writes-directly"
import { selectLiveItems } from "../../read-model/inventory/select-live-items"
import { emitPriceEvents } from "./price-events"
import { addPrices } from "./price-step"
import type { NewProduct, NewVariant, PriceWrite } from "./writes"

/** The id of a new product or variant, and the id of a record that is linked to it. */
export type Pair = { own: string; other: string }

/** Creates products with their options and variants. */
export const createBareProductsStep = createStep(
  "odoo-create-products-step",
  async (products: NewProduct[], { container }) => {
    const bare = products.map(({ sales_channels: _, shipping_profile_id: __, variants, ...product }) => ({
      ...product,
      variants: variants.map(({ prices: ___, inventory_items: ____, ...variant }) => variant),
    }))
    await container.resolve(Modules.PRODUCT).createProducts(bare)
    return new StepResponse(undefined, products.map(({ id }) => id))
  },
  async (ids, { container }) => {
    if (ids !== undefined) {
      const service = container.resolve(Modules.PRODUCT)
      const made = await service.listProducts({ id: ids }, { relations: ["options"] })
      await service.deleteProducts(ids)
      // Medusa does not delete the options together with their product
      await service.deleteProductOptions(made.flatMap(({ options }) => options.map(({ id }) => id)))
    }
  }
)

/** Checks that the inventory items which new variants take over still exist. */
export const requireItemsStep = createStep("odoo-require-items-step", async (ids: string[], { container }) => {
  const live = await selectLiveItems(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), ids)
  if (live.length < new Set(ids).size) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, "The stock record of the SKU was deleted at this very moment. Send it again.")
  }
  return new StepResponse(undefined)
})

/** Creates the inventory items of variants with managed stock that take over none, with the columns that Medusa would set. */
export const createOwnItemsStep = createStep(
  "odoo-create-inventory-items-step",
  async (variants: NewVariant[], { container }) => {
    const items = variants.length === 0 ? [] : await container.resolve(Modules.INVENTORY).createInventoryItems(
      variants.map(({ sku, title, origin_country, weight, hs_code }) => ({
        sku,
        title,
        description: title,
        origin_country,
        weight,
        hs_code,
        requires_shipping: true,
      }))
    )
    const bySku = new Map(items.map(({ id, sku }) => [sku, id]))
    const pairs = variants.flatMap(({ id: own, sku }): Pair[] => {
      const other = bySku.get(sku ?? null)
      return other === undefined ? [] : [{ own, other }]
    })
    return new StepResponse(pairs, pairs)
  },
  async (pairs, { container }) => {
    if (pairs !== undefined && pairs.length > 0) {
      await container.resolve(Modules.INVENTORY).deleteInventoryItems(pairs.map(({ other }) => other))
    }
  }
)

/** Adds prices to price sets without prices, in one statement where the table is unchanged (`writesDirectly`). */
async function addFirstPrices(container: MedusaContainer, priced: readonly { priceSetId: string; prices: PriceWrite[] }[]): Promise<void> {
  if (!(await writesDirectly(container, "price"))) {
    await addPrices(container, priced)
    return
  }
  const rows = priced.flatMap(({ priceSetId: price_set_id, prices }) =>
    prices.map(({ currency_code, amount }) => ({ id: generateEntityId(undefined, "price"), price_set_id, currency_code, amount }))
  )
  if (rows.length > 0) {
    await insertPrices(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), rows)
    await emitPriceEvents(container, "created", rows.map(({ id }) => id))
  }
}

/** Creates the price sets of variants. They are created without prices: then it does not matter which variant gets which of them. */
export const createOwnPricesStep = createStep(
  "odoo-create-price-sets-step",
  async (variants: Pick<NewVariant, "id" | "prices">[], { container }) => {
    const pricing = container.resolve(Modules.PRICING)
    const setIds = (await pricing.createPriceSets(variants.map(() => ({})))).map(({ id }) => id)
    try {
      const free = [...setIds]
      const priced = variants.map(({ id: own, prices }) => {
        const priceSetId = free.pop()
        if (priceSetId === undefined) {
          throw new Error(`odoo: Medusa made ${String(setIds.length)} price sets for ${String(variants.length)} variants`)
        }
        return { own, priceSetId, prices }
      })
      await addFirstPrices(container, priced)
      const pairs = priced.map(({ own, priceSetId: other }): Pair => ({ own, other }))
      return new StepResponse(pairs, pairs)
    } catch (error) {
      // Medusa does not compensate the step that failed
      await pricing.deletePriceSets(setIds)
      throw error
    }
  },
  async (pairs, { container }) => {
    if (pairs !== undefined) {
      await container.resolve(Modules.PRICING).deletePriceSets(pairs.map(({ other }) => other))
    }
  }
)
