import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type { OdooOptions } from "../../modules/odoo/options"
import type OdooModuleService from "../../modules/odoo/service"
import type { Db } from "../../modules/odoo/sql/db"
import { Batcher } from "../../utils/batcher"
import { isWireError } from "../../wire/errors"
import type { StockOutcome } from "../../wire/inventory-answers"
import { earlierOutcome, saveOutcome } from "../idempotency/apply-once"
import { applyStock } from "../stock-levels/apply-stock"
import { outcomeOf, type StockOutcomes } from "../stock-levels/plan-stock"
import type { IngestInventoryInput } from "./resolve-items"
import { resolveStatements, type Batch, type Resolution } from "./resolve-statements"

/** A push, and what belongs into the transaction of its stock. */
type Push = Batch & { container: MedusaContainer; note: (transaction: Db, outcomes: readonly StockOutcome[]) => Promise<void> }

type Result = PromiseSettledResult<StockOutcome[]>

type Results = ReadonlyMap<Push, Result>

/** What became of each push, given the outcomes of its statements. */
function resultsOf(resolutions: ReadonlyMap<Push, Resolution>, outcomes: StockOutcomes): Results {
  const resultOf = (each: Resolution): Result =>
    "refusal" in each
      ? { status: "rejected", reason: each.refusal }
      : { status: "fulfilled", value: each.entries.map((entry) => ("itemId" in entry ? outcomeOf(outcomes, entry) : entry)) }
  return new Map([...resolutions].map(([push, each]) => [push, resultOf(each)]))
}

/** Applies pushes as if they were one, each item in its turn. */
async function applyAsOne(container: MedusaContainer, pushes: readonly Push[]): Promise<Results> {
  const resolutions = await resolveStatements(container, pushes)
  const statements = [...resolutions.values()].flatMap((each) => ("entries" in each ? each.entries.filter((entry) => "itemId" in entry) : []))
  const outcomes = await applyStock(container, statements, async (transaction, written) => {
    for (const [push, result] of resultsOf(resolutions, written)) {
      if (result.status === "fulfilled") {
        await push.note(transaction, result.value)
      }
    }
  })
  return resultsOf(resolutions, outcomes)
}

/**
 * Applies pushes as if they were one. Where one of them has lost its idempotency key, all of them are rolled back, and each
 * is applied by itself.
 */
async function applyTogether(container: MedusaContainer, pushes: readonly Push[]): Promise<Results> {
  try {
    return await applyAsOne(container, pushes)
  } catch (error) {
    if (pushes.length === 1 || !isWireError(error) || error.code !== "CONFLICT") {
      throw error
    }
  }
  const results = new Map<Push, Result>()
  for (const push of pushes) {
    const alone = await applyAsOne(container, [push]).catch((reason: unknown): Results => new Map([[push, { status: "rejected", reason }]]))
    alone.forEach((result, own) => results.set(own, result))
  }
  return results
}

/** How many items a push has at the most that is applied together with others, and how many such pushes at once. */
const SMALL = 100
const PUSHES_AT_ONCE = 50

/** By the options and not by the service: each request resolves another wrapper around the service. */
const batchers = new WeakMap<OdooOptions, Batcher<Push, StockOutcome[]>>()

/** Applies pushes with what one of them was sent through: a container of an earlier request must not outlive that request. */
async function applyGroup(pushes: readonly Push[]): Promise<Results> {
  const [first] = pushes
  return first === undefined ? new Map() : await applyTogether(first.container, pushes)
}

/**
 * Applies a push. Small ones that come at the same time are applied together, which takes about as long as one of them.
 * A workflow's step goes alone: Medusa keeps the events of a step until its workflow has succeeded, and those of another
 * push must not wait for that.
 */
async function applyPush(push: Push, isStep: boolean): Promise<StockOutcome[]> {
  const { options } = push.container.resolve<OdooModuleService>(ODOO_MODULE)
  if (isStep || push.items.length > SMALL) {
    return await new Batcher<Push, StockOutcome[]>(applyGroup, PUSHES_AT_ONCE).do(push)
  }
  const batcher = batchers.get(options) ?? new Batcher<Push, StockOutcome[]>(applyGroup, PUSHES_AT_ONCE)
  batchers.set(options, batcher)
  return await batcher.do(push)
}

/**
 * Brings statements about stock into Medusa: finds what each is about, and applies those that are about something.
 * Whatever comes with an idempotency key is applied once, also where the first request has died before it answered.
 * @param asOutcome the form in which the caller answers
 * @param isStep whether the container is that of a workflow's step
 * @returns what became of each item, in their order
 * @throws WireError `VALIDATION_ERROR` that lists the locations, when every item needs one and none can be told
 */
export async function ingestItems<T>(
  container: MedusaContainer,
  { receipt, ...input }: IngestInventoryInput,
  asOutcome: (outcome: StockOutcome) => T,
  isStep = false
): Promise<T[]> {
  const before = earlierOutcome(receipt) as T[] | undefined
  if (before !== undefined) {
    return before
  }
  const note: Push["note"] = (transaction, outcomes) => saveOutcome(transaction, receipt, outcomes.map(asOutcome))
  return (await applyPush({ ...input, container, note }, isStep)).map(asOutcome)
}
