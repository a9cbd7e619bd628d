import {
  batchTranslationsWorkflow,
  createProductOptionsStep,
  createProductsWorkflow,
  createProductVariantsWorkflow,
  createRemoteLinkStep,
  emitEventStep,
  updateInventoryItemsWorkflow,
  updateProductOptionValuesOnProductStep,
  updateProductsWorkflow,
  updateProductVariantsWorkflow,
  upsertVariantPricesWorkflow,
} from "@medusajs/medusa/core-flows"
import { Modules, ProductVariantWorkflowEvents } from "@medusajs/framework/utils"
import { createWorkflow, transform, when, type WorkflowData, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ingestInventoryWorkflow } from "../ingest-inventory/ingest-inventory"
import { adoptStockRecordsWorkflow } from "../stock-records/adopt-stock-records"
import { createCategoriesStep, createTagsStep, freeSkusStep, removeOptionValuesStep, setPricesStep } from "./steps"
import type { ProductWrites } from "./writes"

const isSome = (list: readonly unknown[]) => list.length > 0

/** What products refer to: categories and tags. */
function writeTerms(writes: WorkflowData<ProductWrites>) {
  when("odoo-when-categories", writes, ({ categories }) => isSome(categories)).then(() => {
    createCategoriesStep(writes.categories)
  })
  when("odoo-when-tags", writes, ({ tags }) => isSome(tags)).then(() => {
    createTagsStep(writes.tags)
  })
}

/** Products with their options, before the variants that need them. */
function writeProducts(writes: WorkflowData<ProductWrites>) {
  const newSkus = transform(writes, ({ products, variants }) =>
    [...products.flatMap((product) => product.variants ?? []), ...variants].flatMap(({ sku }) => sku ?? [])
  )
  when("odoo-when-new-skus", newSkus, isSome).then(() => {
    freeSkusStep(newSkus)
  })
  when("odoo-when-products", writes, ({ products }) => isSome(products)).then(() => {
    createProductsWorkflow.runAsStep({ input: transform(writes, ({ products }) => ({ products })) })
  })
  when("odoo-when-options", writes, ({ options }) => isSome(options)).then(() => {
    createProductOptionsStep(writes.options)
  })
  when("odoo-when-values-added", writes, ({ valuesAdded }) => isSome(valuesAdded)).then(() => {
    updateProductOptionValuesOnProductStep(writes.valuesAdded)
  })
  when("odoo-when-product-updates", writes, ({ productUpdates }) => isSome(productUpdates)).then(() => {
    updateProductsWorkflow.runAsStep({ input: transform(writes, ({ productUpdates }) => ({ products: productUpdates })) })
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
  when("odoo-when-variant-updates", writes, ({ variantUpdates }) => isSome(variantUpdates)).then(() => {
    updateProductVariantsWorkflow.runAsStep({
      input: transform(writes, ({ variantUpdates }) => ({ product_variants: variantUpdates })),
    })
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
    // for Medusa, a variant with other prices is another variant
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

/** Stock comes last: what Odoo has counted is not undone. */
function writeStock(writes: WorkflowData<ProductWrites>) {
  when("odoo-when-appeared", writes, ({ appeared }) => isSome(appeared)).then(() => {
    adoptStockRecordsWorkflow.runAsStep({ input: transform(writes, ({ appeared }) => ({ skus: appeared })) })
  })
  when("odoo-when-stock", writes, ({ stock }) => isSome(stock)).then(() => {
    ingestInventoryWorkflow.runAsStep({ input: transform(writes, ({ stock }) => ({ items: stock })) })
  })
}

export const applyProductsWorkflowId = "odoo-apply-products"

/** Writes what was planned for a batch of products, through Medusa's own workflows; all of it, or nothing. */
export const applyProductsWorkflow = createWorkflow(applyProductsWorkflowId, (writes: WorkflowData<ProductWrites>) => {
  writeTerms(writes)
  writeProducts(writes)
  writeVariants(writes)
  writePrices(writes)
  writeTranslations(writes)
  writeStock(writes)
  return new WorkflowResponse(undefined)
})
