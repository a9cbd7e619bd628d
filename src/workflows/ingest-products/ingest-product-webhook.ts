import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { selectInventoryLevels } from "../../modules/odoo/sql/select-inventory-levels"
import { appliedOutcome, type WebhookOutcome } from "../../wire/product-answers"
import type { ProductItem } from "../../wire/product-statement"
import { invalidInput } from "../../wire/errors"
import { findStockItems } from "../ingest-inventory/find-stock-items"
import { ingestInventoryWorkflow } from "../ingest-inventory/ingest-inventory"
import { keepStockRecords } from "../stock-records/keep-stock-records"
import { findCatalogue } from "./find-catalogue"
import { ingestProducts } from "./ingest-products"
import { matcher } from "./match-product"

export type IngestProductWebhookInput = { item: ProductItem }

/** What is kept at a location; undefined is the one that the shop takes where none is named. */
type KeptLevel = { locationId: string | undefined; quantity: number }

const named = (sku: string) => ({ variant_id: null, product_id: null, sku })

async function setKeptStock(container: MedusaContainer, item: ProductItem, levels: readonly KeptLevel[]): Promise<void> {
  const { sku, title } = item
  await ingestInventoryWorkflow(container).run({
    input: { items: levels.map((level) => ({ sku, title, adjustment: "absolute", quantityIs: "on_hand", ...level })), createMissing: true },
  })
}

/** Takes kept stock away, at whatever locations it is. */
async function emptyKeptStock(container: MedusaContainer, item: ProductItem, itemId: string): Promise<void> {
  const levels = await selectInventoryLevels(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), [itemId])
  const filled = levels.filter(({ stocked_quantity }) => Number(stocked_quantity) > 0)
  if (filled.length > 0) {
    await setKeptStock(container, item, filled.map(({ location_id: locationId }) => ({ locationId, quantity: 0 })))
  }
}

/**
 * A product that the catalogue does not know: its stock is kept until there is a variant. Stock that is kept already is
 * only changed by a word about it, and only such a word needs a location.
 */
async function keepStock(container: MedusaContainer, item: ProductItem): Promise<WebhookOutcome> {
  const { sku, title, quantity, locationId, lifecycle } = item
  if (sku === "") {
    throw invalidInput("sku", "is needed: no product is linked to this odoo_id")
  }
  const itemId = (await findStockItems(container, [sku])).get(sku)
  if (lifecycle === "archive") {
    if (itemId !== undefined) {
      await emptyKeptStock(container, item, itemId)
    }
    return { action: itemId === undefined ? "unchanged" : "deleted", product: named(sku) }
  }
  if (quantity !== undefined) {
    await setKeptStock(container, item, [{ locationId, quantity }])
  } else if (itemId === undefined) {
    await keepStockRecords(container, [{ sku, title }])
  }
  return {
    action: "inventory_created",
    message: `${sku} is not in the catalogue and was not published. Its stock is kept until a variant has this SKU.`,
    sku,
  }
}

async function ingestProductWebhook(container: MedusaContainer, item: ProductItem): Promise<WebhookOutcome> {
  const { options } = container.resolve<OdooModuleService>(ODOO_MODULE)
  const { variant } = matcher(await findCatalogue(container, [item]))(item)
  if (variant === undefined && (item.lifecycle === "archive" || !options.createProductsFromWebhooks)) {
    return await keepStock(container, item)
  }
  const { status, product } = appliedOutcome(await ingestProducts(container, { items: [item] }))
  return {
    action: item.lifecycle === "archive" ? "deleted" : status,
    product: { variant_id: product.variant_id, product_id: product.id, sku: product.sku },
  }
}

/** What is written undoes itself where it was written; there is nothing to undo beyond that. */
const ingestProductWebhookStep = createStep(
  "odoo-ingest-product-webhook-step",
  async ({ item }: IngestProductWebhookInput, { container }) => new StepResponse(await ingestProductWebhook(container, item))
)

export const ingestProductWebhookWorkflowId = "odoo-ingest-product-webhook"

/** Follows what Odoo tells of a product: what it is now, or that it is gone (contract 6). */
export const ingestProductWebhookWorkflow = createWorkflow(
  ingestProductWebhookWorkflowId,
  (input: IngestProductWebhookInput) => new WorkflowResponse(ingestProductWebhookStep(input))
)
