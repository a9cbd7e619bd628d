import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type { OdooOptions } from "../../modules/odoo/options"
import type OdooModuleService from "../../modules/odoo/service"
import type { Db } from "../../modules/odoo/sql/db"
import { Gathering } from "../../utils/gathering"
import { isWireError } from "../../wire/errors"
import type { StockOutcome } from "../../wire/inventory-answers"
import { doneBefore, noteDone } from "../once/once"
import { applyStock } from "./apply-stock"
import { judgeItems, type Batch, type Judged } from "./judge-items"
import type { IngestInventoryInput } from "./resolve-items"

/** A push, and what belongs into the transaction of its stock. */
type Push = Batch & { note: (transaction: Db, outcomes: readonly StockOutcome[]) => Promise<void> }

type Result = PromiseSettledResult<StockOutcome[]>

/** What became of each push, given what became of the statements that were applied, in their order. */
function distribute(judged: readonly Judged[], applied: readonly StockOutcome[]): Result[] {
  const rest = applied.values()
  return judged.map((each) =>
    "refusal" in each
      ? { status: "rejected", reason: each.refusal }
      : { status: "fulfilled", value: each.verdicts.flatMap((verdict) => ("itemId" in verdict ? (rest.next().value ?? []) : verdict)) }
  )
}

/** Applies pushes as if they were one, each item in its turn. */
async function applyAsOne(container: MedusaContainer, pushes: readonly Push[]): Promise<Result[]> {
  const judged = await judgeItems(container, pushes)
  const statements = judged.flatMap((each) =>
    "verdicts" in each ? each.verdicts.flatMap((verdict) => ("itemId" in verdict ? verdict : [])) : []
  )
  const applied = await applyStock(container, statements, async (transaction, written) => {
    for (const [index, result] of distribute(judged, written).entries()) {
      if (result.status === "fulfilled") {
        await pushes[index]?.note(transaction, result.value)
      }
    }
  })
  return distribute(judged, applied)
}

/** The same, where one may have lost its idempotency key, which rolls all of them back: then each goes by itself. */
async function applyTogether(container: MedusaContainer, pushes: readonly Push[]): Promise<Result[]> {
  try {
    return await applyAsOne(container, pushes)
  } catch (error) {
    if (pushes.length === 1 || !isWireError(error) || error.code !== "CONFLICT") {
      throw error
    }
  }
  const results: Result[] = []
  for (const push of pushes) {
    results.push(...(await applyAsOne(container, [push]).catch((reason: unknown): Result[] => [{ status: "rejected", reason }])))
  }
  return results
}

/** How many items a push has at the most that is applied together with others, and how many such pushes at once. */
const SMALL = 100
const PUSHES_AT_ONCE = 50

/** By the options and not by the service: a workflow's step is given another wrapper around the service each time. */
const gatherings = new WeakMap<OdooOptions, Gathering<Push, StockOutcome[]>>()

/** Applies a push. Small ones that come at the same time are applied together, which takes about as long as one of them. */
async function applyPush(container: MedusaContainer, push: Push): Promise<StockOutcome[]> {
  const { options } = container.resolve<OdooModuleService>(ODOO_MODULE)
  const alone = new Gathering<Push, StockOutcome[]>((pushes) => applyTogether(container, pushes), PUSHES_AT_ONCE)
  if (push.items.length > SMALL) {
    return await alone.do(push)
  }
  const gathering = gatherings.get(options) ?? alone
  gatherings.set(options, gathering)
  return await gathering.do(push)
}

/**
 * Brings statements about stock into Medusa: finds what each is about, and applies those that are about something.
 * Whatever comes with an idempotency key is applied once, also where the first request has died before it answered.
 * @param asOutcome the form in which the caller answers
 * @returns what became of each item, in their order
 * @throws WireError `VALIDATION_ERROR` that lists the locations, when every item needs one and none can be told
 */
export async function ingestItems<T>(
  container: MedusaContainer,
  { receipt, ...input }: IngestInventoryInput,
  asOutcome: (outcome: StockOutcome) => T
): Promise<T[]> {
  const before = doneBefore(receipt) as T[] | undefined
  if (before !== undefined) {
    return before
  }
  const note: Push["note"] = (transaction, outcomes) => noteDone(transaction, receipt, outcomes.map(asOutcome))
  return (await applyPush(container, { ...input, note })).map(asOutcome)
}
