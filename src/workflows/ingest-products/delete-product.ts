import { deleteProductsWorkflow, deleteProductVariantsWorkflow, dismissRemoteLinkStep } from "@medusajs/medusa/core-flows"
import { Modules } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, transform, when, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { WireError } from "../../wire/errors"
import { lineSchema } from "../../wire/normalise"
import { keepDeletedStock } from "../stock-records/keep-stock-records"
import { underCatalogueLock } from "../../locks/catalogue-lock"
import { findCatalogue } from "./find-catalogue"
import { matcher } from "./match-product"

export type DeleteProductInput = { sku: string }

/** The variant to delete, or its product where `isLast` is true. */
type DeletionTarget = { sku: string; variantId: string; productId: string; isLast: boolean; itemIds: string[] }

const findVariantStep = createStep("odoo-find-variant-step", async ({ sku }: DeleteProductInput, { container }) => {
  const unknown = new WireError("SKU_NOT_FOUND", "No product has this SKU.", { sku: sku.slice(0, 255) })
  const read = lineSchema.safeParse(sku)
  if (!read.success) {
    throw unknown
  }
  const statement = { sku: read.data }
  const { product, variant } = matcher(await findCatalogue(container, [statement]))(statement)
  if (product === undefined || variant === undefined) {
    throw unknown
  }
  const target: DeletionTarget = {
    sku: variant.sku ?? read.data,
    variantId: variant.id,
    productId: product.id,
    isLast: product.variants.length === 1,
    itemIds: variant.inventory_items.map(({ id }) => id),
  }
  return new StepResponse(target)
})

/** No compensation: this is the last step. */
const keepDeletedStockStep = createStep("odoo-keep-deleted-stock-step", async ({ sku, itemIds }: DeletionTarget, { container }) => {
  const [itemId, ...others] = itemIds
  if (itemId !== undefined && others.length === 0) {
    await keepDeletedStock(container, sku, itemId)
  }
  return new StepResponse(undefined)
})

const deleteVariantWorkflow = createWorkflow("odoo-delete-variant", (input: DeleteProductInput) => {
  const target = findVariantStep(input)
  // the links are removed first, because Medusa deletes an inventory item together with its only variant
  const links = transform(target, ({ variantId, itemIds }) =>
    itemIds.map((inventory_item_id) => ({
      [Modules.PRODUCT]: { variant_id: variantId },
      [Modules.INVENTORY]: { inventory_item_id },
    }))
  )
  dismissRemoteLinkStep(links)
  when("odoo-when-last-variant", target, ({ isLast }) => isLast).then(() => {
    deleteProductsWorkflow.runAsStep({ input: transform(target, ({ productId }) => ({ ids: [productId] })) })
  })
  when("odoo-when-other-variants", target, ({ isLast }) => !isLast).then(() => {
    deleteProductVariantsWorkflow.runAsStep({ input: transform(target, ({ variantId }) => ({ ids: [variantId] })) })
  })
  keepDeletedStockStep(target)
  return new WorkflowResponse(target)
})

const deleteUnderLockStep = createStep("odoo-delete-under-lock-step", async (input: DeleteProductInput, { container }) => {
  const { result } = await underCatalogueLock(container, () => deleteVariantWorkflow(container).run({ input }))
  return new StepResponse(result)
})

export const deleteProductWorkflowId = "odoo-delete-product"

/**
 * Deletes the variant of a SKU, or its product where it is the last variant. Its stock is kept in a stock record, and lines of
 * orders stay (contract 4).
 */
export const deleteProductWorkflow = createWorkflow(deleteProductWorkflowId, (input: DeleteProductInput) => {
  return new WorkflowResponse(deleteUnderLockStep(input))
})
