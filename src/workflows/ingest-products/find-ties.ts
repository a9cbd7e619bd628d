import type { Knex } from "@medusajs/framework/mikro-orm/knex"

import { selectUniqueOwners, type UniqueOwnerRow } from "../../read-model/products/select-unique-owners"
import type { BulkProductItem, ProductItem } from "../../wire/product-statement"

/** The keys of an item. Two items with a common key concern the same variant, or variants of one product. */
const keysOf = ({ sku, odooId, templateId }: ProductItem) => [
  ...(sku === "" ? [] : [`sku ${sku.toLowerCase()}`]),
  ...(odooId === undefined ? [] : [`odoo ${odooId}`]),
  ...(templateId === undefined ? [] : [`template ${templateId}`]),
]

/** The unique values that an item needs. */
const wantsOf = ({ sku, odooId, barcode, handle }: ProductItem) => [
  ...(sku === "" || odooId === undefined ? [] : [`sku ${sku}`]),
  ...(typeof barcode === "string" ? [`barcode ${barcode}`] : []),
  ...(handle === undefined ? [] : [`handle ${handle}`]),
]

const valuesOf = (wants: readonly string[], kind: string) => [
  ...new Set(wants.filter((want) => want.startsWith(`${kind} `)).map((want) => want.slice(kind.length + 1))),
]

/** Disjoint sets; a set is identified by one of its members. */
class Sets {
  readonly #parents = new Map<string, string>()

  find(thing: string): string {
    let root = thing
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) {
      root = parent
    }
    // makes the next search shorter
    for (let at = thing; at !== root; ) {
      const parent = this.#parents.get(at) ?? root
      this.#parents.set(at, root)
      at = parent
    }
    return root
  }

  join(one: string, other: string): void {
    const [root, otherRoot] = [this.find(one), this.find(other)]
    if (root !== otherRoot) {
      this.#parents.set(otherRoot, root)
    }
  }
}

function joinAll(sets: Sets, statements: readonly (readonly [number, ProductItem])[], owners: readonly UniqueOwnerRow[]): void {
  for (const { wanted, sku, odoo_id } of owners) {
    const keys = [...(sku === null ? [] : [`sku ${sku.toLowerCase()}`]), ...(odoo_id === null ? [] : [`odoo ${odoo_id}`])]
    keys.forEach((key) => {
      sets.join(`owner of ${wanted}`, key)
    })
  }
  const owned = new Set(owners.map(({ wanted }) => wanted))
  for (const [index, item] of statements) {
    const wanted = wantsOf(item).flatMap((want) => (owned.has(want) ? `owner of ${want}` : []))
    for (const name of [...keysOf(item), ...wanted]) {
      sets.join(String(index), name)
    }
  }
}

/**
 * Divides items into groups that must be planned and written together: items about one product, and items that need a unique value
 * which another record has, such as two products that swap their bar codes. Takes one SQL statement.
 * @param indexes the indexes of the items to divide
 * @returns the indexes of each group, in their order; groups are sorted by their first index
 */
export async function findTies(db: Knex, items: readonly BulkProductItem[], indexes: readonly number[]): Promise<number[][]> {
  const statements = indexes.flatMap((index) => {
    const item = items[index]
    return item === undefined || "unreadable" in item ? [] : [[index, item] as const]
  })
  const wants = statements.flatMap(([, item]) => wantsOf(item))
  const asked = { skus: valuesOf(wants, "sku"), barcodes: valuesOf(wants, "barcode"), handles: valuesOf(wants, "handle") }
  const sets = new Sets()
  joinAll(sets, statements, wants.length === 0 ? [] : await selectUniqueOwners(db, asked))
  const parts = new Map<string, number[]>()
  for (const index of indexes) {
    const root = sets.find(String(index))
    const part = parts.get(root)
    if (part === undefined) {
      parts.set(root, [index])
    } else {
      part.push(index)
    }
  }
  return [...parts.values()]
}
