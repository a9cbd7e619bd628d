import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { selectMisnamedItems } from "../../modules/odoo/sql/select-misnamed-items"
import type { NewCategory, OptionValueChange, PriceWrite, VariantPrices } from "./writes"

/** Makes categories, parents before their children. They show in the shop. */
export const createCategoriesStep = createStep(
  "odoo-create-categories-step",
  async (levels: NewCategory[][], { container }) => {
    const service = container.resolve(Modules.PRODUCT)
    const created: string[] = []
    for (const categories of levels.filter(({ length }) => length > 0)) {
      await service.createProductCategories(categories.map((category) => ({ ...category, is_active: true })))
      created.push(...categories.map(({ id }) => id))
    }
    return new StepResponse(created, created)
  },
  async (created, { container }) => {
    // children first: Medusa keeps a category that has some
    for (const id of [...(created ?? [])].reverse()) {
      await container.resolve(Modules.PRODUCT).deleteProductCategories([id])
    }
  }
)

/** Makes tags under the ids that they have been given. */
export const createTagsStep = createStep(
  "odoo-create-tags-step",
  async (tags: { id: string; value: string }[], { container }) => {
    await container.resolve(Modules.PRODUCT).createProductTags(tags)
    return new StepResponse(undefined, tags.map(({ id }) => id))
  },
  async (created, { container }) => {
    if (created !== undefined) {
      await container.resolve(Modules.PRODUCT).deleteProductTags(created)
    }
  }
)

/** Takes values that no variant has any more away from their products. */
export const removeOptionValuesStep = createStep(
  "odoo-remove-option-values-step",
  async (changes: OptionValueChange[], { container }) => {
    await container.resolve(Modules.PRODUCT).updateProductOptionValuesOnProduct(changes)
    return new StepResponse(undefined, changes)
  },
  async (changes, { container }) => {
    if (changes !== undefined) {
      const back = changes.map(({ remove, ...about }) => ({ ...about, add: remove }))
      await container.resolve(Modules.PRODUCT).updateProductOptionValuesOnProduct(back)
    }
  }
)

async function addPrices(container: MedusaContainer, variants: readonly { priceSetId: string; prices: PriceWrite[] }[]) {
  const given = variants.filter(({ prices }) => prices.length > 0)
  if (given.length > 0) {
    await container.resolve(Modules.PRICING).addPrices(given.map(({ priceSetId, prices }) => ({ priceSetId, prices })))
  }
}

/**
 * Sets plain prices, and leaves all others as they are. Medusa's own workflows take a list for the whole of a
 * variant's prices: they drop those of other currencies and their rules, and when they are undone they drop all.
 */
export const setPricesStep = createStep(
  "odoo-set-prices-step",
  async (variants: VariantPrices[], { container }) => {
    const known = variants.flatMap(({ price_set_id: priceSetId, ...rest }) => (priceSetId === null ? [] : [{ priceSetId, ...rest }]))
    await addPrices(container, known)
    return new StepResponse(undefined, known)
  },
  async (known, { container }) => {
    if (known === undefined) {
      return
    }
    const pricing = container.resolve(Modules.PRICING)
    const added = new Set(known.flatMap(({ priceSetId, prices }) =>
      prices.flatMap(({ id, currency_code }) => (id === undefined ? [`${priceSetId} ${currency_code}`] : []))
    ))
    const sets = await pricing.listPriceSets(
      { id: known.map(({ priceSetId }) => priceSetId) },
      { relations: ["prices", "prices.price_rules"] }
    )
    const surplus = sets.flatMap((set) => (set.prices ?? []).filter((price) =>
      added.has(`${set.id} ${price.currency_code ?? ""}`) && (price.price_rules ?? []).length === 0
    ))
    await pricing.removePrices(surplus.map(({ id }) => id))
    await addPrices(container, known.map(({ priceSetId, previous }) => ({ priceSetId, prices: previous })))
  }
)

/**
 * Gives inventory items the SKU that their variant has by now, where they still have one that is about to be another
 * variant's: Medusa leaves it as it was when a variant is renamed in the dashboard, and then refuses the new variant.
 */
export const freeSkusStep = createStep(
  "odoo-free-skus-step",
  async (skus: string[], { container }) => {
    const misnamed = await selectMisnamedItems(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), skus)
    if (misnamed.length > 0) {
      await container.resolve(Modules.INVENTORY).updateInventoryItems(misnamed.map(({ id, sku }) => ({ id, sku })))
    }
    return new StepResponse(undefined, misnamed)
  },
  async (misnamed, { container }) => {
    if (misnamed !== undefined && misnamed.length > 0) {
      await container.resolve(Modules.INVENTORY).updateInventoryItems(misnamed.map(({ id, former: sku }) => ({ id, sku })))
    }
  }
)
