import type { UpsertProductDTO, UpsertProductVariantDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

/** Updates, and the updates that undo them. */
type Undoable<T> = { updates: (T & { id: string })[]; undos: (T & { id: string })[] }

/**
 * Writes columns and metadata of products. Medusa's own workflow reads the products with their options first, and copies them from
 * step to step: for 1,000 titles it takes twice as long as the service alone.
 */
export const updateProductColumnsStep = createStep(
  "odoo-update-product-columns-step",
  async ({ updates, undos }: Undoable<UpsertProductDTO>, { container }) => {
    await container.resolve(Modules.PRODUCT).upsertProducts(updates)
    return new StepResponse(undefined, undos)
  },
  async (undos, { container }) => {
    if (undos !== undefined) {
      await container.resolve(Modules.PRODUCT).upsertProducts(undos)
    }
  }
)

/** Writes columns and metadata of variants. */
export const updateVariantColumnsStep = createStep(
  "odoo-update-variant-columns-step",
  async ({ updates, undos }: Undoable<UpsertProductVariantDTO>, { container }) => {
    await container.resolve(Modules.PRODUCT).upsertProductVariants(updates)
    return new StepResponse(undefined, undos)
  },
  async (undos, { container }) => {
    if (undos !== undefined) {
      await container.resolve(Modules.PRODUCT).upsertProductVariants(undos)
    }
  }
)
