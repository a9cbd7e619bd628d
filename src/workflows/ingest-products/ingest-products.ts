import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { selectMissingPieces, type VariantCount } from "../../read-model/inventory/select-missing-pieces"
import { selectProductNames } from "../../read-model/products/select-product-names"
import { plusQuantity } from "../../wire/counts"
import type { ProductNotes, ProductOutcome } from "../../wire/product-answers"
import type { BulkProductItem } from "../../wire/product-statement"
import { readTerms, translates } from "./find-catalogue"
import { findUnchanged } from "./find-unchanged"
import { emptyKeptStock } from "./kept-stock"
import { readStock, type StockReading } from "./read-stock"
import { planOnly, writeAtomically, writeInBatches, type Push, type Result } from "./write-products"

export type IngestProductsInput = {
  items: BulkProductItem[]
  /** whether an item that can not be applied stops all others */
  atomic?: boolean
  /** whether to plan only, and write nothing */
  dryRun?: boolean
}

const DID = { create: "created", update: "updated", unchanged: "unchanged" } as const

/** Reads the names of the products for the answer, by the ids of their variants. */
async function namesOf(container: MedusaContainer, { unchanged }: Push, results: ReadonlyMap<number, Result>) {
  const known = [...unchanged.values()].map(({ at: _, ...row }) => [row.variant_id, row] as const)
  const ids = [...results.values()].flatMap((result) => ("variantId" in result ? result.variantId : []))
  const rows = ids.length === 0 ? [] : await selectProductNames(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), ids)
  return new Map([...known, ...rows.map((row) => [row.variant_id, row] as const)])
}

/** How many pieces of each product are sold and missing by the count of its item, by the index of the item; as for pushes of stock. */
async function missingPieces(
  container: MedusaContainer,
  readings: readonly StockReading[],
  variantIdOf: (index: number) => string | undefined
): Promise<Map<number, number>> {
  const counts = readings.flatMap(({ item }, index): VariantCount[] => {
    const variantId = variantIdOf(index)
    return "unreadable" in item || item.quantity === undefined || item.quantityIs === "available" || item.locationId === undefined || variantId === undefined
      ? []
      : [{ index, variantId, locationId: item.locationId, quantity: item.quantity }]
  })
  const found = counts.length === 0 ? [] : await selectMissingPieces(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), counts)
  return new Map(found.map(({ index, missing }) => [index, Number(missing)]))
}

/**
 * The remarks on an item in its answer.
 * @param missing how many pieces are reserved beyond the item's quantity; undefined for none
 */
function notesOf({ item, notes }: StockReading, result: Result | undefined, missing: number | undefined): ProductNotes {
  const stated = "unreadable" in item ? [] : (item.warnings ?? [])
  const planned = result !== undefined && "warnings" in result ? (result.warnings ?? []) : []
  const warnings = [...stated, ...planned]
  return {
    ...notes,
    ...(missing === undefined ? {} : { oversold_by: plusQuantity(notes.oversold_by ?? 0, missing) }),
    ...(warnings.length === 0 ? {} : { warnings }),
  }
}

/** Removes the kept stock of products that the items take out of the shop, and that the shop never had. */
async function emptyAbsent(container: MedusaContainer, { items }: Push, results: ReadonlyMap<number, Result>): Promise<void> {
  const absent = [...results].flatMap(([index, { action }]) => (action === "absent" ? (items[index]?.sku ?? []) : []))
  await emptyKeptStock(container, absent.filter((sku) => sku !== ""))
}

/** Compares the items of a push with the catalogue, and writes the differences. */
async function write(container: MedusaContainer, { items: given, atomic = false, dryRun = false }: IngestProductsInput) {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const shop = await readTerms(container)
  const readings = readStock(given, shop)
  const items = readings.map(({ item }) => item)
  const push: Push = { items, shop, unchanged: await findUnchanged(db, items, { shop, translates: translates(container) }) }
  const differing = [...items.keys()].filter((index) => !push.unchanged.has(index))
  if (differing.length === 0) {
    return { push, readings, results: new Map<number, Result>() }
  }
  const work = dryRun ? planOnly : atomic ? writeAtomically : writeInBatches
  const results = await work(container, push, differing)
  if (!dryRun) {
    await emptyAbsent(container, push, results)
  }
  return { push, readings, results }
}

/**
 * Applies items about products to the catalogue (contract 4): those of one product, of a bulk push, and of a webhook. Items that
 * change nothing take no lock.
 * @returns an outcome for each item, in their order
 */
export async function ingestProducts(container: MedusaContainer, input: IngestProductsInput): Promise<ProductOutcome[]> {
  const { push, readings, results } = await write(container, input)
  const names = input.dryRun === true ? new Map<string, never>() : await namesOf(container, push, results)
  const missing = await missingPieces(container, readings, (index) => {
    const result = results.get(index)
    return result !== undefined && "variantId" in result ? result.variantId : push.unchanged.get(index)?.variant_id
  })
  return readings.map((reading, index): ProductOutcome => {
    const { sku } = reading.item
    const result = results.get(index)
    const variantId = push.unchanged.get(index)?.variant_id
    const notes = notesOf(reading, result, missing.get(index))
    if (result === undefined) {
      return variantId === undefined
        ? { sku, status: "held_back" }
        : { sku, status: "unchanged", product: names.get(variantId) ?? null, changes: [], notes }
    }
    switch (result.action) {
      case "failed": {
        const { action: status, ...failure } = result
        return { sku, status, ...failure }
      }
      case "held_back":
        return { sku, status: "held_back" }
      case "absent":
        return { sku, status: "absent" }
      default: {
        const { action, changes } = result
        const product = names.get(result.variantId) ?? null
        return { sku, status: DID[action], product, changes, notes }
      }
    }
  })
}

/** No compensation: the workflow of each batch undoes its own writes. */
const ingestProductsStep = createStep(
  "odoo-ingest-products-step",
  async (input: IngestProductsInput, { container }) => new StepResponse(await ingestProducts(container, input))
)

export const ingestProductsWorkflowId = "odoo-ingest-products"

/** Applies items about products to the catalogue, and returns the outcome of each. */
export const ingestProductsWorkflow = createWorkflow(ingestProductsWorkflowId, (input: IngestProductsInput) => {
  return new WorkflowResponse(ingestProductsStep(input))
})
