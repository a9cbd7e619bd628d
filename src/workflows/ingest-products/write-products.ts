import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId, MedusaError } from "@medusajs/framework/utils"

import type { UnchangedRow } from "../../read-model/products/select-unchanged-products"
import { describeError } from "../../utils/describe-error"
import { isWireError, type WireErrorCode } from "../../wire/errors"
import type { BulkProductItem } from "../../wire/product-statement"
import { applyProductsWorkflow } from "./apply-products"
import type { Catalogue, ShopTerms } from "./catalogue"
import { underCatalogueLock } from "../../locks/catalogue-lock"
import { findCatalogue } from "./find-catalogue"
import { findTies } from "./find-ties"
import { planProducts, type BatchPlan, type ItemPlan } from "./plan-products"
import { whileReleased } from "./while-released"
import { areColumnsOnly, writeColumns } from "./write-columns"

/** The items of a push, and which of them change nothing. */
export type Push = {
  items: readonly BulkProductItem[]
  shop: ShopTerms
  /** by the items' indexes */
  unchanged: ReadonlyMap<number, UnchangedRow>
}

type Failure = { action: "failed"; code: WireErrorCode; message: string; details: Record<string, unknown> }

/** The outcome of an item: its plan, or the reason why it was not applied. */
export type Result = Exclude<ItemPlan, { action: "refused" }> | Failure | { action: "held_back" }

/**
 * How many products are written at once, unless more belong together; Medusa's services are fastest with this number. Other pushes
 * may run between two batches.
 */
const BATCH_SIZE = 250

const newId = (prefix: string) => generateEntityId(undefined, prefix)

function toFailure(container: MedusaContainer, error: unknown): Failure {
  if (isWireError(error)) {
    const { code, message, details } = error
    return { action: "failed", code, message, details }
  }
  const { type, message } = error as { type?: unknown; message?: unknown }
  if ((type === MedusaError.Types.INVALID_DATA || type === MedusaError.Types.NOT_ALLOWED) && typeof message === "string") {
    return { action: "failed", code: "VALIDATION_ERROR", message, details: {} }
  }
  container.resolve(ContainerRegistrationKeys.LOGGER).error(`odoo: a product could not be written: ${describeError(error)}`)
  return { action: "failed", code: "SYNC_FAILED", message: "The product could not be written. The shop's log says why.", details: {} }
}

const toResult = (container: MedusaContainer, plan: ItemPlan): Result =>
  plan.action === "refused" ? toFailure(container, plan.error) : plan

/** The unchanged items about products that other items would change. They are planned too, because the later of two values counts. */
function siblings({ unchanged }: Push, indexes: readonly number[], catalogue: Catalogue): number[] {
  const own = new Set(indexes)
  return [...unchanged].flatMap(([index, { id }]) => (catalogue.products.has(id) && !own.has(index) ? [index] : []))
}

/** Plans some items of a push. */
async function plan(container: MedusaContainer, push: Push, indexes: readonly number[]): Promise<BatchPlan> {
  const itemsAt = (some: readonly number[]) => new Map(some.flatMap((index) => (push.items[index] === undefined ? [] : [[index, push.items[index]] as const])))
  let items = itemsAt(indexes)
  let catalogue = await findCatalogue(container, [...items.values()], push.shop)
  const others = siblings(push, indexes, catalogue)
  if (others.length > 0) {
    items = itemsAt([...indexes, ...others].sort((one, other) => one - other))
    catalogue = await findCatalogue(container, [...items.values()], push.shop)
  }
  return planProducts(items, catalogue, newId)
}

/** Plans and writes under the lock of the catalogue, so that the plan includes the writes of other pushes. */
async function write(container: MedusaContainer, push: Push, indexes: readonly number[], mayWrite: (plans: readonly ItemPlan[]) => boolean) {
  return await underCatalogueLock(container, async () => {
    const { writes, plans } = await plan(container, push, indexes)
    const all = [...plans.values()]
    if (mayWrite(all) && all.some(({ action }) => action === "create" || action === "update")) {
      await whileReleased(container, writes.releases, () =>
        areColumnsOnly(writes) ? writeColumns(container, writes) : applyProductsWorkflow(container).run({ input: writes })
      )
    }
    return plans
  })
}

const resultsOf = (container: MedusaContainer, plans: ReadonlyMap<number, ItemPlan>) =>
  [...plans].map(([index, item]) => [index, toResult(container, item)] as const)

/**
 * Writes a batch. Where Medusa refuses the batch, each half is written by itself, until a refused item is alone. Items that
 * are tied together are separated last, because half of a swap can not be written.
 */
async function writeBatch(container: MedusaContainer, push: Push, batch: readonly number[], ties?: readonly number[][]): Promise<(readonly [number, Result])[]> {
  try {
    return resultsOf(container, await write(container, push, batch, () => true))
  } catch (error) {
    if (batch.length === 1) {
      return batch.map((index) => [index, toFailure(container, error)])
    }
    const found = ties ?? (await findTies(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), push.items, batch))
    const parts = found.length > 1 ? found : batch.map((index) => [index])
    const middle = Math.ceil(parts.length / 2)
    const results: (readonly [number, Result])[] = []
    for (const half of [parts.slice(0, middle), parts.slice(middle)]) {
      results.push(...(await writeBatch(container, push, half.flat().sort((one, other) => one - other), half)))
    }
    return results
  }
}

/** Divides items into batches. Items that are tied together are in one batch. */
async function batchesOf(container: MedusaContainer, { items }: Push, indexes: readonly number[]): Promise<number[][]> {
  if (indexes.length <= BATCH_SIZE) {
    return [[...indexes]]
  }
  const batches: number[][] = []
  for (const tied of await findTies(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), items, indexes)) {
    const last = batches.at(-1)
    if (last !== undefined && last.length + tied.length <= BATCH_SIZE) {
      last.push(...tied)
    } else {
      batches.push([...tied])
    }
  }
  return batches.map((batch) => batch.sort((one, other) => one - other))
}

/** Writes items in batches. */
export async function writeInBatches(container: MedusaContainer, push: Push, indexes: readonly number[]): Promise<Map<number, Result>> {
  const results = new Map<number, Result>()
  for (const batch of await batchesOf(container, push, indexes)) {
    for (const [index, result] of await writeBatch(container, push, batch)) {
      results.set(index, result)
    }
  }
  return results
}

/** Plans items without writing. */
export async function planOnly(container: MedusaContainer, push: Push, indexes: readonly number[]): Promise<Map<number, Result>> {
  return new Map(resultsOf(container, (await plan(container, push, indexes)).plans))
}

/** Writes all items or none. Where none is written, unchanged items are held back too. */
export async function writeAtomically(container: MedusaContainer, push: Push, indexes: readonly number[]): Promise<Map<number, Result>> {
  const isFine = ({ action }: ItemPlan) => action !== "refused"
  const everything = [...push.items.keys()]
  try {
    const plans = await write(container, push, indexes, (planned) => planned.every(isFine))
    if ([...plans.values()].every(isFine)) {
      return new Map(resultsOf(container, plans))
    }
    return new Map(
      everything.map((index): [number, Result] => {
        const own = plans.get(index)
        return [index, own === undefined || isFine(own) ? { action: "held_back" } : toResult(container, own)]
      })
    )
  } catch (error) {
    const failure = toFailure(container, error)
    return new Map(everything.map((index) => [index, failure]))
  }
}
