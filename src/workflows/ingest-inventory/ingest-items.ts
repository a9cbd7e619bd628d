import type { MedusaContainer } from "@medusajs/framework/types"

import type { StockOutcome } from "../../wire/inventory-answers"
import { doneBefore, noteDone } from "../once/once"
import { applyStock } from "./apply-stock"
import { resolveItems, type IngestInventoryInput } from "./resolve-items"

/** What became of each item, in their order, and the ids of the levels that were written. */
type Ingested<T> = { outcomes: T[]; levelIds: string[] }

/**
 * Brings statements about stock into Medusa: finds what each is about, and applies those that are about something.
 * Whatever comes with an idempotency key is applied once, also where the first request has died before it answered.
 * @param asOutcome the form in which the caller answers
 * @throws WireError `VALIDATION_ERROR` that lists the locations, when one is needed and none can be told
 */
export async function ingestItems<T>(
  container: MedusaContainer,
  input: IngestInventoryInput,
  asOutcome: (outcome: StockOutcome) => T
): Promise<Ingested<T>> {
  const before = doneBefore(input.receipt) as T[] | undefined
  if (before !== undefined) {
    return { outcomes: before, levelIds: [] }
  }
  const resolved = await resolveItems(container, input)
  const known = resolved.filter((entry) => "itemId" in entry)
  const among = (written: readonly StockOutcome[]) => {
    const applied = written.values()
    return resolved.flatMap((entry) => ("itemId" in entry ? (applied.next().value ?? []) : entry.outcome)).map(asOutcome)
  }
  const { outcomes, levelIds } = await applyStock(container, known, (transaction, written) =>
    noteDone(transaction, input.receipt, among(written))
  )
  return { outcomes: among(outcomes), levelIds }
}
