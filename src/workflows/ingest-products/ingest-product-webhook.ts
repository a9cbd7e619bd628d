import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { appliedOutcome, type WebhookOutcome } from "../../wire/product-answers"
import type { ProductItem } from "../../wire/product-statement"
import { invalidInput } from "../../wire/errors"
import { findCatalogue } from "./find-catalogue"
import { ingestProducts } from "./ingest-products"
import { emptyKeptStock, keepStockOf } from "./kept-stock"
import { matcher } from "./match-product"
import { stockReader, type StockReading } from "./read-stock"

export type IngestProductWebhookInput = { item: ProductItem }

const named = (sku: string) => ({ variant_id: null, product_id: null, sku })

/**
 * Keeps the stock of a product that the catalogue does not know, until there is a variant. Stock that is kept already changes only
 * where the webhook has a quantity.
 */
async function keepStock(container: MedusaContainer, { item, notes }: StockReading<ProductItem>): Promise<WebhookOutcome> {
  const { sku, lifecycle } = item
  if (sku === "") {
    throw invalidInput("sku", "is needed: no product is linked to this odoo_id")
  }
  if (lifecycle === "archive") {
    const known = await emptyKeptStock(container, [sku])
    return { action: known.length === 0 ? "unchanged" : "deleted", product: named(sku) }
  }
  await keepStockOf(container, item)
  return {
    action: "inventory_created",
    message: `${sku} is not in the catalogue and was not published. Its stock is kept until a variant has this SKU.`,
    sku,
    ...notes,
  }
}

async function ingestProductWebhook(container: MedusaContainer, item: ProductItem): Promise<WebhookOutcome> {
  const { options } = container.resolve<OdooModuleService>(ODOO_MODULE)
  const catalogue = await findCatalogue(container, [item])
  const { variant } = matcher(catalogue)(item)
  if (variant === undefined && (item.lifecycle === "archive" || !options.createProductsFromWebhooks)) {
    return await keepStock(container, stockReader(catalogue.shop)(item))
  }
  const { status, product, notes } = appliedOutcome(await ingestProducts(container, { items: [item] }))
  return {
    action: item.lifecycle === "archive" ? "deleted" : status,
    product: { variant_id: product.variant_id, product_id: product.id, sku: product.sku },
    ...notes,
  }
}

/** No compensation: the called workflows undo their own writes. */
const ingestProductWebhookStep = createStep(
  "odoo-ingest-product-webhook-step",
  async ({ item }: IngestProductWebhookInput, { container }) => new StepResponse(await ingestProductWebhook(container, item))
)

export const ingestProductWebhookWorkflowId = "odoo-ingest-product-webhook"

/** Applies a product webhook of Odoo (contract 6). */
export const ingestProductWebhookWorkflow = createWorkflow(
  ingestProductWebhookWorkflowId,
  (input: IngestProductWebhookInput) => new WorkflowResponse(ingestProductWebhookStep(input))
)
