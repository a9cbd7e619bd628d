import { emitEventStep } from "@medusajs/medusa/core-flows"
import { InventoryLevelWorkflowEvents } from "@medusajs/framework/utils"
import { transform, when, type WorkflowData } from "@medusajs/framework/workflows-sdk"

/** Says, within a workflow, what Medusa's own workflows say when they have written levels; nothing where none were. */
export function tellOfLevels(written: WorkflowData<{ levelIds: string[] }>): void {
  when(written, ({ levelIds }) => levelIds.length > 0).then(() => {
    const data = transform(written, ({ levelIds }) => levelIds.map((id) => ({ id })))
    emitEventStep({ eventName: InventoryLevelWorkflowEvents.UPDATED, data })
  })
}
