import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type { OdooOptions } from "../../modules/odoo/options"
import type OdooModuleService from "../../modules/odoo/service"
import type { Db } from "../../database/statement"
import { Batcher } from "../../utils/batcher"
import { isWireError } from "../../wire/errors"
import type { StockOutcome } from "../../wire/inventory-answers"
import { earlierOutcome, saveOutcome } from "../idempotency/apply-once"
import { applyStock } from "../stock-levels/apply-stock"
import { outcomeOf, type StockOutcomes } from "../stock-levels/plan-stock"
import type { IngestInventoryInput } from "./resolve-items"
import { resolveStatements, type Batch, type Resolution } from "./resolve-statements"

/** A push. `note` writes its outcomes in the transaction of the stock. */
type Push = Batch & { container: MedusaContainer; note: (transaction: Db, outcomes: readonly StockOutcome[]) => Promise<void> }

type Result = PromiseSettledResult<StockOutcome[]>

type Results = ReadonlyMap<Push, Result>

/** The result of each push, from the outcomes of its statements. */
function resultsOf(resolutions: ReadonlyMap<Push, Resolution>, outcomes: StockOutcomes): Results {
  const resultOf = (each: Resolution): Result =>
    "refusal" in each
      ? { status: "rejected", reason: each.refusal }
      : { status: "fulfilled", value: each.entries.map((entry) => ("itemId" in entry ? outcomeOf(outcomes, entry) : entry)) }
  return new Map([...resolutions].map(([push, each]) => [push, resultOf(each)]))
}

/** Applies pushes as if they were one, in their order. */
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
 * Applies pushes as if they were one. Where one of them has lost its idempotency key to another request, all are rolled back, and
 * each is applied by itself.
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

/** The largest number of items in a push that is applied together with others, and the largest number of such pushes. */
const SMALL = 100
const PUSHES_AT_ONCE = 50

/** The batcher of the process, by its options: each request resolves a different wrapper of the service. */
const batchers = new WeakMap<OdooOptions, Batcher<Push, StockOutcome[]>>()

/** Applies pushes with the container of the first one. A container must not be kept after its request. */
async function applyGroup(pushes: readonly Push[]): Promise<Results> {
  const [first] = pushes
  return first === undefined ? new Map() : await applyTogether(first.container, pushes)
}

/**
 * Applies a push. Small pushes that arrive at the same time are applied together, which takes about as long as one of them. The
 * push of a workflow's step is applied alone: Medusa emits the events of a step only after its workflow, and the events of other
 * pushes must not wait for that.
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
 * Applies a push of statements about stock. A push with an idempotency key is applied once, also where the process of the first
 * request died before it answered.
 * @param asOutcome turns an outcome into the form of the caller's answer
 * @param isStep whether the container belongs to a step of a workflow
 * @returns an outcome for each item, in their order
 * @throws WireError `VALIDATION_ERROR` with the locations, when every item needs a location and none can be determined
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
  const note: Push["note"] = (transaction, outcomes) => saveOutcome(container, transaction, receipt, outcomes.map(asOutcome))
  return (await applyPush({ ...input, container, note }, isStep)).map(asOutcome)
}
