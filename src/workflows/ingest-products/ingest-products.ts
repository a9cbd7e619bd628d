import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId, MedusaError } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { selectProductNames } from "../../modules/odoo/sql/select-product-names"
import { describeError } from "../../utils/describe-error"
import { isWireError, type WireErrorCode } from "../../wire/errors"
import type { ProductOutcome } from "../../wire/product-answers"
import type { BulkProductItem } from "../../wire/product-statement"
import { applyProductsWorkflow } from "./apply-products"
import { underCatalogueLock } from "./catalogue-lock"
import { findCatalogue } from "./find-catalogue"
import { planProducts, type ItemPlan } from "./plan-products"

export type IngestProductsInput = {
  items: BulkProductItem[]
  /** one bad product stops all */
  atomic?: boolean
  /** nothing is written */
  dryRun?: boolean
}

/** How many products are written at a time. Between two lots, other pushes get their turn. */
const LOT = 100

type Failure = { action: "failed"; code: WireErrorCode; message: string; details: Record<string, unknown> }

/** What became of an item: what was planned, or why not. */
type Result = Exclude<ItemPlan, { action: "refused" }> | Failure | { action: "held_back" }

const DID = { create: "created", update: "updated", unchanged: "unchanged" } as const

const newId = (prefix: string) => generateEntityId(undefined, prefix)

function toFailure(container: MedusaContainer, error: unknown): Failure {
  if (isWireError(error)) {
    const { code, message, details } = error
    return { action: "failed", code, message, details }
  }
  const { type, message } = error as { type?: unknown; message?: unknown }
  if ((type === MedusaError.Types.INVALID_DATA || type === MedusaError.Types.NOT_ALLOWED) && typeof message === "string") {
    return { action: "failed", code: "VALIDATION_ERROR", message, details: {} }
  }
  container.resolve(ContainerRegistrationKeys.LOGGER).error(`odoo: a product could not be written: ${describeError(error)}`)
  return { action: "failed", code: "SYNC_FAILED", message: "The product could not be written. The shop's log says why.", details: {} }
}

const toResult = (container: MedusaContainer, plan: ItemPlan): Result =>
  plan.action === "refused" ? toFailure(container, plan.error) : plan

async function plan(container: MedusaContainer, items: readonly BulkProductItem[]) {
  return planProducts(items, await findCatalogue(container, items), newId)
}

/** Plans anew and writes, so that what others have written meanwhile is seen. */
async function write(container: MedusaContainer, items: readonly BulkProductItem[], mayWrite: (plans: readonly ItemPlan[]) => boolean) {
  return await underCatalogueLock(container, async () => {
    const { writes, plans } = await plan(container, items)
    if (mayWrite(plans) && plans.some(({ action }) => action === "create" || action === "update")) {
      await applyProductsWorkflow(container).run({ input: writes })
    }
    return plans
  })
}

/** Writes a lot. Where Medusa refuses it, each half is tried by itself, until what is bad is alone. */
async function writeLot(container: MedusaContainer, items: readonly BulkProductItem[]): Promise<Result[]> {
  try {
    return (await write(container, items, () => true)).map((item) => toResult(container, item))
  } catch (error) {
    if (items.length === 1) {
      return [toFailure(container, error)]
    }
    const middle = Math.ceil(items.length / 2)
    return [...(await writeLot(container, items.slice(0, middle))), ...(await writeLot(container, items.slice(middle)))]
  }
}

/** Writes all or nothing. */
async function writeAtomically(container: MedusaContainer, items: readonly BulkProductItem[]): Promise<Result[]> {
  const isFine = ({ action }: ItemPlan) => action !== "refused"
  try {
    const plans = await write(container, items, (planned) => planned.every(isFine))
    const stopped = !plans.every(isFine)
    return plans.map((item) => (stopped && isFine(item) ? { action: "held_back" } : toResult(container, item)))
  } catch (error) {
    const failure = toFailure(container, error)
    return items.map(() => failure)
  }
}

/** Writes what differs in lots; what does not is only read, and holds nobody up. */
async function writeInLots(container: MedusaContainer, items: readonly BulkProductItem[], plans: readonly ItemPlan[]): Promise<Result[]> {
  const results = plans.map((item) => toResult(container, item))
  const isWritten = ({ action }: ItemPlan) => action === "create" || action === "update"
  // by their variants, so that a SKU which came twice stays together
  const variants = new Set(plans.flatMap((item) => ("variantId" in item && isWritten(item) ? item.variantId : [])))
  const differing = plans.flatMap((item, index) => ("variantId" in item && variants.has(item.variantId) ? [index] : []))
  for (let start = 0; start < differing.length; start += LOT) {
    const lot = differing.slice(start, start + LOT)
    const written = await writeLot(container, lot.flatMap((index) => items[index] ?? []))
    lot.forEach((index, position) => {
      results[index] = written[position] ?? results[index] ?? { action: "held_back" }
    })
  }
  return results
}

/** @returns the products by their variants' ids, as the answers name them */
async function namesOf(container: MedusaContainer, results: readonly Result[]) {
  const ids = results.flatMap((result) => ("variantId" in result ? result.variantId : []))
  const rows = await selectProductNames(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), ids)
  return new Map(rows.map((row) => [row.variant_id, row]))
}

/**
 * Brings what Odoo says of products into the catalogue (contract 4). All three ways in (one product, many, a webhook)
 * come through here.
 * @returns an outcome for each item, in their order
 */
export async function ingestProducts(container: MedusaContainer, input: IngestProductsInput): Promise<ProductOutcome[]> {
  const { items, atomic = false, dryRun = false } = input
  const planned = atomic && !dryRun ? [] : (await plan(container, items)).plans
  const results = dryRun
    ? planned.map((item) => toResult(container, item))
    : atomic
      ? await writeAtomically(container, items)
      : await writeInLots(container, items, planned)
  const names = dryRun ? new Map<string, never>() : await namesOf(container, results)
  return results.map((result, index): ProductOutcome => {
    const sku = items[index]?.sku ?? ""
    switch (result.action) {
      case "failed": {
        const { action: status, ...failure } = result
        return { sku, status, ...failure }
      }
      case "held_back":
        return { sku, status: result.action }
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
