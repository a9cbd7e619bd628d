import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import type { StockOutcome } from "../../wire/inventory-answers"
import { ingestItems } from "./ingest-items"
import type { IngestInventoryInput } from "./resolve-items"

/**
 * Applies Odoo's statements about stock. Routes call this function instead of the workflow below: Medusa's workflow engine copies
 * input and output several times, which for a whole catalogue takes longer than the work.
 * @returns an outcome for each item, in their order
 */
export async function ingestInventory(container: MedusaContainer, input: IngestInventoryInput): Promise<StockOutcome[]> {
  return await ingestItems(container, input, (outcome) => outcome)
}

/** No compensation: Odoo's counts stay true when a later step fails. */
const ingestItemsStep = createStep(
  "odoo-ingest-stock-items-step",
  async (input: IngestInventoryInput, { container }) => new StepResponse(await ingestItems(container, input, (outcome) => outcome, true))
)

export const ingestInventoryWorkflowId = "odoo-ingest-inventory"

/** Applies Odoo's statements about stock, as a part of other workflows. */
export const ingestInventoryWorkflow = createWorkflow(ingestInventoryWorkflowId, (input: IngestInventoryInput) => {
  return new WorkflowResponse(ingestItemsStep(input))
})
