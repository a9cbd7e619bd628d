import { emitEventStep } from "@medusajs/medusa/core-flows"
import { InventoryLevelWorkflowEvents } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"

import type { StockOutcome } from "../../wire/inventory-answers"
import type { StockItem } from "../../wire/schemas/inventory"
import { applyStock } from "./apply-stock"
import type { ResolvedStatement } from "./plan-stock"
import { resolveItems } from "./resolve-items"

export type IngestInventoryInput = { items: StockItem[] }

const resolveItemsStep = createStep(
  "odoo-resolve-stock-items-step",
  async (input: IngestInventoryInput, { container }) =>
    new StepResponse(await resolveItems(container, input.items))
)

/**
 * Writes the stock: levels that are new through the inventory module, the others in one statement. Nothing is undone
 * when a later step fails: what Odoo has counted stays true.
 */
const applyStockStep = createStep(
  "odoo-apply-stock-step",
  async (resolved: (ResolvedStatement | StockOutcome)[], { container }) => {
    const known = resolved.flatMap((entry, index) => ("itemId" in entry ? [{ entry, index }] : []))
    const { outcomes, levelIds } = await applyStock(container, known.map(({ entry }) => entry))
    const byIndex = new Map(known.map(({ index }, position) => [index, outcomes[position]]))
    const all = resolved.flatMap((entry, index) => ("itemId" in entry ? (byIndex.get(index) ?? []) : entry))
    return new StepResponse({ outcomes: all, levelIds })
  }
)

export const ingestInventoryWorkflowId = "odoo-ingest-inventory"

/** Brings Odoo's statements about stock into Medusa, and answers what became of each. */
export const ingestInventoryWorkflow = createWorkflow(ingestInventoryWorkflowId, (input: IngestInventoryInput) => {
  const applied = applyStockStep(resolveItemsStep(input))
  when(applied, ({ levelIds }) => levelIds.length > 0).then(() => {
    const data = transform(applied, ({ levelIds }) => levelIds.map((id) => ({ id })))
    emitEventStep({ eventName: InventoryLevelWorkflowEvents.UPDATED, data })
  })
  return new WorkflowResponse(transform(applied, ({ outcomes }) => outcomes))
})
