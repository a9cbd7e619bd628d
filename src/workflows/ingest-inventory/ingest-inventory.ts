import { createStep, createWorkflow, StepResponse, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ingestItems } from "./ingest-items"
import type { IngestInventoryInput } from "./resolve-items"
import { tellOfLevels } from "./tell-of-levels"

/**
 * Writes the stock: levels that are new through the inventory module, the others in one statement. Nothing is undone
 * when a later step fails: what Odoo has counted stays true.
 */
const ingestItemsStep = createStep(
  "odoo-ingest-stock-items-step",
  async (input: IngestInventoryInput, { container }) => new StepResponse(await ingestItems(container, input, (outcome) => outcome))
)

export const ingestInventoryWorkflowId = "odoo-ingest-inventory"

/** Brings Odoo's statements about stock into Medusa, and answers what became of each. */
export const ingestInventoryWorkflow = createWorkflow(ingestInventoryWorkflowId, (input: IngestInventoryInput) => {
  const applied = ingestItemsStep(input)
  tellOfLevels(applied)
  return new WorkflowResponse(transform(applied, ({ outcomes }) => outcomes))
})
