import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { selectProductNames } from "../../modules/odoo/sql/select-product-names"
import type { ProductOutcome } from "../../wire/product-answers"
import type { BulkProductItem } from "../../wire/product-statement"
import { readTerms, translates } from "./find-catalogue"
import { findUnchanged } from "./find-unchanged"
import { planOnly, writeAtomically, writeInLots, type Push, type Result } from "./write-products"

export type IngestProductsInput = {
  items: BulkProductItem[]
  /** one bad product stops all */
  atomic?: boolean
  /** nothing is written */
  dryRun?: boolean
}

const DID = { create: "created", update: "updated", unchanged: "unchanged" } as const

/** @returns the products by their variants' ids, as the answers name them */
async function namesOf(container: MedusaContainer, { unchanged }: Push, results: ReadonlyMap<number, Result>) {
  const known = [...unchanged.values()].map(({ at: _, ...row }) => [row.variant_id, row] as const)
  const ids = [...results.values()].flatMap((result) => ("variantId" in result ? result.variantId : []))
  const rows = ids.length === 0 ? [] : await selectProductNames(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), ids)
  return new Map([...known, ...rows.map((row) => [row.variant_id, row] as const)])
}

/** Compares a push with the catalogue, and writes what differs. */
async function write(container: MedusaContainer, { items, atomic = false, dryRun = false }: IngestProductsInput) {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const shop = await readTerms(container)
  const push: Push = { items, shop, unchanged: await findUnchanged(db, items, { shop, translates: translates(container) }) }
  const differing = [...items.keys()].filter((index) => !push.unchanged.has(index))
  if (differing.length === 0) {
    return { push, results: new Map<number, Result>() }
  }
  const work = dryRun ? planOnly : atomic ? writeAtomically : writeInLots
  return { push, results: await work(container, push, differing) }
}

/**
 * Brings what Odoo says of products into the catalogue (contract 4). All three ways in (one product, many, a webhook)
 * come through here. What does not differ is only read, and holds nobody up.
 * @returns an outcome for each item, in their order
 */
export async function ingestProducts(container: MedusaContainer, input: IngestProductsInput): Promise<ProductOutcome[]> {
  const { push, results } = await write(container, input)
  const names = input.dryRun === true ? new Map<string, never>() : await namesOf(container, push, results)
  return input.items.map(({ sku }, index): ProductOutcome => {
    const result = results.get(index)
    const variantId = push.unchanged.get(index)?.variant_id
    if (result === undefined) {
      return variantId === undefined
        ? { sku, status: "held_back" }
        : { sku, status: "unchanged", product: names.get(variantId) ?? null, changes: [] }
    }
    switch (result.action) {
      case "failed": {
        const { action: status, ...failure } = result
        return { sku, status, ...failure }
      }
      case "held_back":
        return { sku, status: "held_back" }
      default:
        return { sku, status: DID[result.action], product: names.get(result.variantId) ?? null, changes: result.changes }
    }
  })
}

/** Each lot is written by a workflow of its own, which undoes itself; there is nothing to undo beyond that. */
const ingestProductsStep = createStep(
  "odoo-ingest-products-step",
  async (input: IngestProductsInput, { container }) => new StepResponse(await ingestProducts(container, input))
)

export const ingestProductsWorkflowId = "odoo-ingest-products"

/** Brings Odoo's statements about products into Medusa, and answers what became of each. */
export const ingestProductsWorkflow = createWorkflow(ingestProductsWorkflowId, (input: IngestProductsInput) => {
  return new WorkflowResponse(ingestProductsStep(input))
})
