import { WorkflowManager } from "@medusajs/framework/orchestration"
import type { WorkflowDefinition } from "@medusajs/framework/orchestration"
import "@medusajs/medusa/core-flows"

/** The hooks of Medusa's own workflows that we may go past, by workflow. */
const HOOKS = {
  "create-products": "productsCreated",
  "create-product-variants": "productVariantsCreated",
  "update-products": "productsUpdated",
  "update-product-variants": "productVariantsUpdated",
} as const

/** A workflow of Medusa's that a host can hook into. */
export type HookedWorkflow = keyof typeof HOOKS

const handlerOf = (workflow: HookedWorkflow) =>
  (WorkflowManager as { getWorkflow(id: string): WorkflowDefinition | undefined })
    .getWorkflow(workflow)
    ?.handlers_.get(HOOKS[workflow])

/**
 * What runs where nobody has taken a hook. Medusa puts a host's handler in its place and says nowhere that there is one.
 * The plugin's module is loaded before the workflows of any plugin or host, so that here nobody has taken one yet.
 */
const untaken = new Map((Object.keys(HOOKS) as HookedWorkflow[]).map((workflow) => [workflow, handlerOf(workflow)]))

/**
 * Whether a host or another plugin has something done in a workflow of Medusa's: then the workflow has to run, where its
 * effect could be had for less. In doubt it has.
 */
export function isHooked(workflow: HookedWorkflow): boolean {
  const handler = untaken.get(workflow)
  return handler === undefined || handlerOf(workflow) !== handler
}
