import type { CategoryRow } from "../../read-model/products/select-product-categories"
import { handleFinder, slugOf } from "../../wire/handle"
import type { CategoryStatement } from "../../wire/product-statement"
import type { NewCategory } from "./writes"

const keyOf = (parentId: string | null, name: string) => `${parentId ?? ""}\n${name.toLowerCase()}`

/** A name for a new category that is known only by its handle: "Cotton shirts" for `cotton-shirts`. */
function nameOfHandle(handle: string): string {
  const words = handle.replaceAll("-", " ")
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * Finds categories and plans the missing ones: by handle, or by the names from the root down in any case of the letters. A single
 * name that no root category has may be a handle.
 */
export class CategoryPlan {
  /** the new categories, by depth */
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

  /** The id of a present category; undefined where it does not exist. */
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

  /** The id of a present category, or of one that is planned now. */
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

  /** The handle of a new category: made of its name, or, where that is taken, of the names of its parents and its own. */
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
