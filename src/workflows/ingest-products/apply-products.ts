import {
  batchTranslationsWorkflow,
  createProductVariantsWorkflow,
  createRemoteLinkStep,
  emitEventStep,
  updateInventoryItemsWorkflow,
  updateProductsWorkflow,
  updateProductVariantsWorkflow,
  upsertVariantPricesWorkflow,
} from "@medusajs/medusa/core-flows"
import { Modules, ProductVariantWorkflowEvents, ProductWorkflowEvents } from "@medusajs/framework/utils"
import { createWorkflow, transform, when, type WorkflowData, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { isHooked, type HookedWorkflow } from "../../utils/core-hooks"
import { ingestInventoryWorkflow } from "../ingest-inventory/ingest-inventory"
import { adoptStockRecordsWorkflow } from "../stock-records/adopt-stock-records"
import { writeNewProducts } from "./create-products"
import { setPricesStep } from "./price-step"
import { addOptionValuesStep, createOptions, productUpdatesOf, removeOptionValuesStep } from "./option-steps"
import { createCategoriesStep, createTagsStep } from "./steps"
import { updateProductColumnsStep, updateVariantColumnsStep } from "./update-steps"
import type { ProductWrites } from "./writes"

/**
 * Divides updates: those that only Medusa's own workflow can make, because they change more than columns or a host uses a hook of
 * the workflow, and those that the service makes in half the time.
 */
function split<T extends { id: string }>(updates: readonly T[], undos: readonly T[], workflow: HookedWorkflow) {
  const undoOf = new Map(isHooked(workflow) ? [] : undos.map((undo) => [undo.id, undo]))
  return {
    whole: updates.filter(({ id }) => !undoOf.has(id)),
    plain: { updates: updates.filter(({ id }) => undoOf.has(id)), undos: [...undoOf.values()] },
  }
}

const isSome = (list: readonly unknown[]) => list.length > 0

/** Creates the categories and tags of products. */
function writeTerms(writes: WorkflowData<ProductWrites>) {
  when("odoo-when-categories", writes, ({ categories }) => isSome(categories)).then(() => {
    createCategoriesStep(writes.categories)
  })
  when("odoo-when-tags", writes, ({ tags }) => isSome(tags)).then(() => {
    createTagsStep(writes.tags)
  })
}

/** Writes products and their options, before the variants that need them. */
function writeProducts(writes: WorkflowData<ProductWrites>) {
  writeNewProducts(writes)
  createOptions(writes)
  when("odoo-when-values-added", writes, ({ valuesAdded }) => isSome(valuesAdded)).then(() => {
    addOptionValuesStep(writes.valuesAdded)
  })
  const updates = transform({ writes, updates: productUpdatesOf(writes) }, ({ writes: { productUndos }, updates: all }) =>
    split(all, productUndos, "update-products")
  )
  when("odoo-when-product-updates", updates, ({ whole }) => isSome(whole)).then(() => {
    updateProductsWorkflow.runAsStep({ input: transform(updates, ({ whole }) => ({ products: whole })) })
  })
  when("odoo-when-product-columns", updates, ({ plain }) => isSome(plain.updates)).then(() => {
    updateProductColumnsStep(updates.plain)
    const told = transform(updates, ({ plain }) => plain.updates.map(({ id }) => ({ id })))
    emitEventStep({ eventName: ProductWorkflowEvents.UPDATED, data: told }).config({ name: "odoo-tell-of-product-columns" })
  })
}

function writeVariants(writes: WorkflowData<ProductWrites>) {
  when("odoo-when-item-links", writes, ({ itemLinks }) => isSome(itemLinks)).then(() => {
    const links = transform(writes, ({ itemLinks }) =>
      itemLinks.map(({ variant_id, inventory_item_id }) => ({
        [Modules.PRODUCT]: { variant_id },
        [Modules.INVENTORY]: { inventory_item_id },
        data: { required_quantity: 1 },
      }))
    )
    createRemoteLinkStep(links)
  })
  const updates = transform(writes, ({ variantUpdates, variantUndos }) => split(variantUpdates, variantUndos, "update-product-variants"))
  when("odoo-when-variant-updates", updates, ({ whole }) => isSome(whole)).then(() => {
    updateProductVariantsWorkflow.runAsStep({ input: transform(updates, ({ whole }) => ({ product_variants: whole })) })
  })
  when("odoo-when-variant-columns", updates, ({ plain }) => isSome(plain.updates)).then(() => {
    updateVariantColumnsStep(updates.plain)
    const told = transform(updates, ({ plain }) => plain.updates.map(({ id }) => ({ id })))
    emitEventStep({ eventName: ProductVariantWorkflowEvents.UPDATED, data: told }).config({ name: "odoo-tell-of-variant-columns" })
  })
  when("odoo-when-variants", writes, ({ variants }) => isSome(variants)).then(() => {
    createProductVariantsWorkflow.runAsStep({ input: transform(writes, ({ variants }) => ({ product_variants: variants })) })
  })
  when("odoo-when-values-removed", writes, ({ valuesRemoved }) => isSome(valuesRemoved)).then(() => {
    removeOptionValuesStep(writes.valuesRemoved)
  })
  when("odoo-when-item-renames", writes, ({ itemRenames }) => isSome(itemRenames)).then(() => {
    updateInventoryItemsWorkflow.runAsStep({ input: transform(writes, ({ itemRenames }) => ({ updates: itemRenames })) })
  })
}

function writePrices(writes: WorkflowData<ProductWrites>) {
  when("odoo-when-prices", writes, ({ prices }) => isSome(prices)).then(() => {
    setPricesStep(writes.prices)
    const updated = transform(writes, ({ prices, variantUpdates }) => {
      const told = new Set(variantUpdates.map(({ id }) => id))
      return prices.flatMap(({ variant_id: id }) => (told.has(id) ? [] : [{ id }]))
    })
    // Medusa counts a change of prices as an update of the variant
    emitEventStep({ eventName: ProductVariantWorkflowEvents.UPDATED, data: updated })
  })
  const priceless = transform(writes, ({ prices }) => prices.filter(({ price_set_id }) => price_set_id === null))
  when("odoo-when-priceless", priceless, isSome).then(() => {
    upsertVariantPricesWorkflow.runAsStep({
      input: transform(priceless, (variants) => ({
        variantPrices: variants.map(({ variant_id, product_id, prices }) => ({ variant_id, product_id, prices })),
        previousVariantIds: [],
      })),
    })
  })
}

function writeTranslations(writes: WorkflowData<ProductWrites>) {
  when("odoo-when-translations", writes, ({ translations }) => isSome(translations.create) || isSome(translations.update)).then(() => {
    batchTranslationsWorkflow.runAsStep({ input: transform(writes, ({ translations }) => ({ ...translations, delete: [] })) })
  })
}

/** Writes the stock, last of all, because it is not undone: Odoo's counts stay true. */
function writeStock(writes: WorkflowData<ProductWrites>) {
  when("odoo-when-appeared", writes, ({ appeared }) => isSome(appeared)).then(() => {
    adoptStockRecordsWorkflow.runAsStep({ input: transform(writes, ({ appeared }) => ({ skus: appeared })) })
  })
  when("odoo-when-stock", writes, ({ stock }) => isSome(stock)).then(() => {
    ingestInventoryWorkflow.runAsStep({ input: transform(writes, ({ stock }) => ({ items: stock })) })
  })
}

export const applyProductsWorkflowId = "odoo-apply-products"

/** Writes the plan of a batch of products through Medusa's own workflows and services: all of it or nothing. */
export const applyProductsWorkflow = createWorkflow(applyProductsWorkflowId, (writes: WorkflowData<ProductWrites>) => {
  writeTerms(writes)
  writeProducts(writes)
  writeVariants(writes)
  writePrices(writes)
  writeTranslations(writes)
  writeStock(writes)
  return new WorkflowResponse(undefined)
})
