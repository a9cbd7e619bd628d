import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { NewCategory, OptionValueChange } from "./writes"

/** Creates categories, parents before their children. They are visible in the shop. */
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
    // children first, because Medusa does not delete a category with children
    for (const id of [...(created ?? [])].reverse()) {
      await container.resolve(Modules.PRODUCT).deleteProductCategories([id])
    }
  }
)

/** Creates tags with given ids. */
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

/** Removes option values without a variant from their products. */
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
