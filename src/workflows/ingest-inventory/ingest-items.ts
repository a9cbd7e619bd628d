import type { MedusaContainer } from "@medusajs/framework/types"

import type { StockOutcome } from "../../wire/inventory-answers"
import { applyStock } from "./apply-stock"
import { resolveItems, type IngestInventoryInput } from "./resolve-items"

/**
 * Brings statements about stock into Medusa: finds what each is about, and applies those that are about something.
 * @returns an outcome for each item, in their order, and the ids of the levels that were written
 * @throws WireError `VALIDATION_ERROR` that lists the locations, when one is needed and none can be told
 */
export async function ingestItems(
  container: MedusaContainer,
  input: IngestInventoryInput
): Promise<{ outcomes: StockOutcome[]; levelIds: string[] }> {
  const resolved = await resolveItems(container, input)
  const known = resolved.filter((entry) => "itemId" in entry)
  const { outcomes, levelIds } = await applyStock(container, known)
  const applied = outcomes.values()
  return {
    levelIds,
    outcomes: resolved.flatMap((entry) => ("itemId" in entry ? (applied.next().value ?? []) : entry)),
  }
}
