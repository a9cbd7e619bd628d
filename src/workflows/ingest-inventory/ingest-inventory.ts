import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import type { StockOutcome } from "../../wire/inventory-answers"
import { ingestItems } from "./ingest-items"
import type { IngestInventoryInput } from "./resolve-items"

/**
 * Brings Odoo's statements about stock into Medusa, and answers what became of each. Routes call it as it is: the workflow
 * below does the same, but its engine copies what goes in and comes out several times, which for a whole catalogue takes
 * longer than the work.
 */
export async function ingestInventory(container: MedusaContainer, input: IngestInventoryInput): Promise<StockOutcome[]> {
  return await ingestItems(container, input, (outcome) => outcome)
}

/**
 * Writes the stock: levels that are new through the inventory module, the others in one statement. Nothing is undone
 * when a later step fails: what Odoo has counted stays true.
 */
const ingestItemsStep = createStep(
  "odoo-ingest-stock-items-step",
  async (input: IngestInventoryInput, { container }) => new StepResponse(await ingestItems(container, input, (outcome) => outcome, true))
)

export const ingestInventoryWorkflowId = "odoo-ingest-inventory"

/** Brings Odoo's statements about stock into Medusa, as a part of other workflows. */
export const ingestInventoryWorkflow = createWorkflow(ingestInventoryWorkflowId, (input: IngestInventoryInput) => {
  return new WorkflowResponse(ingestItemsStep(input))
})
