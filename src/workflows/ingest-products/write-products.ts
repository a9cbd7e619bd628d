import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, generateEntityId, MedusaError } from "@medusajs/framework/utils"

import type { UnchangedRow } from "../../modules/odoo/sql/select-unchanged-products"
import { describeError } from "../../utils/describe-error"
import { isWireError, type WireErrorCode } from "../../wire/errors"
import type { BulkProductItem } from "../../wire/product-statement"
import { applyProductsWorkflow } from "./apply-products"
import type { Catalogue, ShopTerms } from "./catalogue"
import { underCatalogueLock } from "./catalogue-lock"
import { findCatalogue } from "./find-catalogue"
import { planProducts, type ItemPlan } from "./plan-products"
import { areColumnsOnly, writeColumns } from "./write-columns"
import type { ProductWrites } from "./writes"

/** The items of a push, and which of them say what is there already. */
export type Push = {
  items: readonly BulkProductItem[]
  shop: ShopTerms
  /** by the items' indexes */
  unchanged: ReadonlyMap<number, UnchangedRow>
}

type Failure = { action: "failed"; code: WireErrorCode; message: string; details: Record<string, unknown> }

/** What became of an item: what was planned, or why not. */
export type Result = Exclude<ItemPlan, { action: "refused" }> | Failure | { action: "held_back" }

/** How many products are written at a time: what Medusa's services are quickest with. Between two lots, other pushes get their turn. */
const LOT = 250

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

/** What is to be written for some items of a push, and what is planned for each of them. */
type Planned = { writes: ProductWrites; plans: ReadonlyMap<number, ItemPlan> }

/** The items that say what is there already, of the products that other items would change: where both say the same thing, the later decides. */
function siblings({ unchanged }: Push, indexes: readonly number[], catalogue: Catalogue): number[] {
  const own = new Set(indexes)
  return [...unchanged].flatMap(([index, { id }]) => (catalogue.products.has(id) && !own.has(index) ? [index] : []))
}

/** Works out what some items of a push make of the catalogue. */
async function plan(container: MedusaContainer, push: Push, indexes: readonly number[]): Promise<Planned> {
  const itemsAt = (positions: readonly number[]) => positions.flatMap((index) => push.items[index] ?? [])
  let among = [...indexes]
  let catalogue = await findCatalogue(container, itemsAt(among), push.shop)
  const others = siblings(push, among, catalogue)
  if (others.length > 0) {
    among = [...among, ...others].sort((a, b) => a - b)
    catalogue = await findCatalogue(container, itemsAt(among), push.shop)
  }
  const { writes, plans } = planProducts(itemsAt(among), catalogue, newId)
  return { writes, plans: new Map(plans.map((each, position) => [among[position] ?? -1, each])) }
}

/** Plans and writes while no other push does, so that what others have written before is seen. */
async function write(container: MedusaContainer, push: Push, indexes: readonly number[], mayWrite: (plans: readonly ItemPlan[]) => boolean) {
  return await underCatalogueLock(container, async () => {
    const { writes, plans } = await plan(container, push, indexes)
    const all = [...plans.values()]
    if (mayWrite(all) && all.some(({ action }) => action === "create" || action === "update")) {
      await (areColumnsOnly(writes) ? writeColumns(container, writes) : applyProductsWorkflow(container).run({ input: writes }))
    }
    return plans
  })
}

const resultsOf = (container: MedusaContainer, plans: ReadonlyMap<number, ItemPlan>) =>
  [...plans].map(([index, item]) => [index, toResult(container, item)] as const)

/** Writes a lot. Where Medusa refuses it, each half is tried by itself, until what is bad is alone. */
async function writeLot(container: MedusaContainer, push: Push, lot: readonly number[]): Promise<(readonly [number, Result])[]> {
  try {
    return resultsOf(container, await write(container, push, lot, () => true))
  } catch (error) {
    if (lot.length === 1) {
      return lot.map((index) => [index, toFailure(container, error)])
    }
    const middle = Math.ceil(lot.length / 2)
    return [...(await writeLot(container, push, lot.slice(0, middle))), ...(await writeLot(container, push, lot.slice(middle)))]
  }
}

/** Writes items in lots. */
export async function writeInLots(container: MedusaContainer, push: Push, indexes: readonly number[]): Promise<Map<number, Result>> {
  const results = new Map<number, Result>()
  for (let start = 0; start < indexes.length; start += LOT) {
    for (const [index, result] of await writeLot(container, push, indexes.slice(start, start + LOT))) {
      results.set(index, result)
    }
  }
  return results
}

/** Says what would become of items, and writes nothing. */
export async function planOnly(container: MedusaContainer, push: Push, indexes: readonly number[]): Promise<Map<number, Result>> {
  return new Map(resultsOf(container, (await plan(container, push, indexes)).plans))
}

/** Writes all or nothing; where it is nothing, those are held back too on which nothing differs. */
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
