import type { CategoryRow } from "../../read-model/products/select-product-categories"
import { handleFinder, slugOf } from "../../wire/handle"
import type { CategoryStatement } from "../../wire/product-statement"
import type { NewCategory } from "./writes"

const keyOf = (parentId: string | null, name: string) => `${parentId ?? ""}\n${name.toLowerCase()}`

/** `cotton-shirts` is called "Cotton shirts" until somebody says otherwise. */
function nameOfHandle(handle: string): string {
  const words = handle.replaceAll("-", " ")
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * Finds categories, and makes up those that are missing: by handle, or by the names from the root down, whatever the
 * case of their letters. A single name that no category at the root has may be a handle.
 */
export class CategoryPlan {
  /** what is missing, by depth */
  readonly missing: NewCategory[][] = []
  readonly #byHandle = new Map<string, string>()
  readonly #byName = new Map<string, string>()
  readonly #freeHandle = handleFinder((handle) => this.#byHandle.has(handle))

  constructor(
    present: readonly CategoryRow[],
    private readonly newId: (prefix: string) => string
  ) {
    for (const { id, handle, name, parent_category_id } of present) {
      this.#byHandle.set(handle, id)
      const key = keyOf(parent_category_id, name)
      this.#byName.set(key, this.#byName.get(key) ?? id)
    }
  }

  /** The id of the category that is meant; undefined where it is not there. */
  find(category: CategoryStatement): string | undefined {
    if ("handle" in category) {
      return this.#byHandle.get(category.handle)
    }
    const { path } = category
    let parent: string | null = null
    for (const name of path) {
      const id: string | undefined = this.#byName.get(keyOf(parent, name)) ?? (path.length === 1 ? this.#byHandle.get(name) : undefined)
      if (id === undefined) {
        return undefined
      }
      parent = id
    }
    return parent ?? undefined
  }

  /** The id of the category that is meant, be it there already or about to be made. */
  idOf(category: CategoryStatement): string {
    if ("handle" in category) {
      const { handle, name } = category
      return this.#byHandle.get(handle) ?? this.#make({ name: name ?? nameOfHandle(handle), handle, parentId: null, depth: 0 })
    }
    return category.path.reduce<{ id: string | null; handles: string[] }>(
      (parent, name, depth) => {
        const handles = [...parent.handles, slugOf(name)].filter((part) => part !== "")
        const id = this.#byName.get(keyOf(parent.id, name)) ?? (category.path.length === 1 ? this.#byHandle.get(name) : undefined)
        return { id: id ?? this.#make({ name, handle: this.#handleFor(handles), parentId: parent.id, depth }), handles }
      },
      { id: null, handles: [] }
    ).id ?? ""
  }

  /** The name alone where that is free, else with its parents before it. */
  #handleFor(handles: readonly string[]): string {
    const own = handles.at(-1) ?? "category"
    const base = this.#byHandle.has(own) ? (handles.join("-") || own) : own
    return this.#freeHandle(base)
  }

  #make(category: { name: string; handle: string; parentId: string | null; depth: number }): string {
    const { name, handle, parentId, depth } = category
    const id = this.newId("pcat")
    while (this.missing.length <= depth) {
      this.missing.push([])
    }
    this.missing[depth]?.push({ id, name, handle, parent_category_id: parentId })
    this.#byHandle.set(handle, id)
    this.#byName.set(keyOf(parentId, name), id)
    return id
  }
}
