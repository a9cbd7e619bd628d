import { WorkflowManager } from "@medusajs/framework/orchestration"
import type { WorkflowDefinition } from "@medusajs/framework/orchestration"
import "@medusajs/medusa/core-flows"

/** The hooks of Medusa's workflows that the plugin may replace by direct writes, by workflow. */
const HOOKS = {
  "create-products": "productsCreated",
  "create-product-variants": "productVariantsCreated",
  "update-products": "productsUpdated",
  "update-product-variants": "productVariantsUpdated",
} as const

/** A workflow of Medusa's that a host can hook into. */
export type HookedWorkflow = keyof typeof HOOKS

// `handlers_` is no promise of Medusa's: where a version does without it, every workflow counts as hooked
const handlerOf = (workflow: HookedWorkflow) =>
  (WorkflowManager as { getWorkflow(id: string): Partial<WorkflowDefinition> | undefined })
    .getWorkflow(workflow)
    ?.handlers_?.get(HOOKS[workflow])

/**
 * Medusa's default handlers of the hooks. Medusa replaces a default handler by that of a host, and has no function that tells
 * whether it did. The plugin's module is loaded before the workflows of any plugin or host, so these are the defaults.
 */
const untaken = new Map((Object.keys(HOOKS) as HookedWorkflow[]).map((workflow) => [workflow, handlerOf(workflow)]))

/** Whether it can be told at all which hooks are taken. */
export const areHooksKnown = (): boolean => [...untaken.values()].every((handler) => handler !== undefined)

/**
 * Whether a host or another plugin has registered a handler for a hook of a workflow. The workflow itself then has to run, and
 * must not be replaced by direct writes. In doubt the answer is true.
 */
export function isHooked(workflow: HookedWorkflow): boolean {
  const handler = untaken.get(workflow)
  return handler === undefined || handlerOf(workflow) !== handler
}
