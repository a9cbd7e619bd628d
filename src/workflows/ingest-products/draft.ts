import { handleFinder } from "../../wire/handle"
import type { Catalogue } from "./catalogue"
import { CategoryPlan } from "./plan-categories"
import { noWrites, type ProductWrites } from "./writes"

/** The writes of a batch while they are being worked out, with what the batch itself has taken or made up so far. */
export type Draft = {
  catalogue: Catalogue
  writes: ProductWrites
  newId: (prefix: string) => string
  categories: CategoryPlan
  takeHandle: (base: string) => string
  isHandleTaken: (handle: string) => boolean
  /** the id of a tag, be it there already or about to be made */
  tagId: (value: string) => string
}

/** Finds the first free handle for a base, which is taken from then on. */
function handleTaker(present: ReadonlySet<string>) {
  const taken = new Set(present)
  const isHandleTaken = (handle: string) => taken.has(handle)
  const freeHandle = handleFinder(isHandleTaken)
  const takeHandle = (base: string): string => {
    const handle = freeHandle(base)
    taken.add(handle)
    return handle
  }
  return { takeHandle, isHandleTaken }
}

/** @param newId makes an id with a prefix, such as `prod` */
export function newDraft(catalogue: Catalogue, newId: (prefix: string) => string): Draft {
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
  return { catalogue, writes, newId, categories, ...handleTaker(catalogue.handles), tagId }
}
