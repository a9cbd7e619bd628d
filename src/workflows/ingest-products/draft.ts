import { handleFinder, isNumbered } from "../../wire/handle"
import type { Catalogue } from "./catalogue"
import type { Group } from "./group-items"
import { CategoryPlan } from "./plan-categories"
import { speakersOf } from "./product-speaker"
import { noWrites, type ProductWrites } from "./writes"

/** The writes of a batch while it is planned, with the handles and tags that the batch uses so far. */
export type Draft = {
  catalogue: Catalogue
  writes: ProductWrites
  newId: (prefix: string) => string
  categories: CategoryPlan
  takeHandle: (base: string) => string
  isHandleTaken: (handle: string) => boolean
  /** reserves a product's present handle for it; false where another product of the batch has taken it */
  keepHandle: (handle: string) => boolean
  /** the id of a present or new tag */
  tagId: (value: string) => string
}

/**
 * The handles that products of the batch give up. A handle that is the wanted one with a number (`shirt-2`) is given up only where
 * the wanted one becomes free.
 * @param stuck the items that can not be applied, by index
 */
function handlesGivenUp(groups: readonly Group[], stuck: ReadonlySet<number>): Set<string> {
  const moves = groups.flatMap(({ product, members }) => {
    const handle = speakersOf(product, members).at(-1)?.statement.handle
    const isStuck = members.some(({ indexes }) => indexes.some((index) => stuck.has(index)))
    const stays = product === undefined || handle === undefined || handle === product.handle || isStuck
    return stays ? [] : { handle, former: product.handle }
  })
  const free = new Set(moves.flatMap(({ handle, former }) => (isNumbered(handle, former) ? [] : former)))
  for (let known = -1; known < free.size; ) {
    known = free.size
    moves.filter(({ handle }) => free.has(handle)).forEach(({ former }) => free.add(former))
  }
  return free
}

/**
 * Functions that take and keep handles.
 * @param present the used handles
 * @param free those that the batch gives up
 */
function handleTaker(present: ReadonlySet<string>, free: ReadonlySet<string>) {
  const taken = new Set([...present].filter((handle) => !free.has(handle)))
  const isHandleTaken = (handle: string) => taken.has(handle)
  const freeHandle = handleFinder(isHandleTaken)
  const takeHandle = (base: string): string => {
    const handle = freeHandle(base)
    taken.add(handle)
    return handle
  }
  const keepHandle = (handle: string): boolean => {
    const isGone = free.has(handle) && taken.has(handle)
    taken.add(handle)
    return !isGone
  }
  return { takeHandle, isHandleTaken, keepHandle }
}

/**
 * Starts the plan of a batch.
 * @param newId makes an id with a prefix, such as `prod`
 * @param groups the items of the batch, by product
 * @param stuck the items that can not be applied, by index
 */
export function newDraft(catalogue: Catalogue, newId: (prefix: string) => string, groups: readonly Group[], stuck: ReadonlySet<number>): Draft {
  const writes = noWrites()
  const categories = new CategoryPlan(catalogue.categories, newId)
  writes.categories = categories.missing
  const tags = new Map(catalogue.tags)
  const tagId = (value: string): string => {
    const present = tags.get(value)
    if (present !== undefined) {
      return present
    }
    const id = newId("ptag")
    tags.set(value, id)
    writes.tags.push({ id, value })
    return id
  }
  return { catalogue, writes, newId, categories, ...handleTaker(catalogue.handles, handlesGivenUp(groups, stuck)), tagId }
}
