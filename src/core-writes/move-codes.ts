import type { Knex } from "@medusajs/framework/mikro-orm/knex"

import { rowsOf } from "../database/statement"
import type { DirectTable } from "./columns"

/** A change of a code, such as a SKU, of the record with this id. */
export type CodeChange<Code extends string | null = string | null> = { id: string; from: Code; to: Code }

/** Changes of codes, grouped by column. */
export type CodeMoves = {
  /** of products */
  handles: CodeChange<string>[]
  /** of variants */
  skus: CodeChange[]
  /** of variants */
  barcodes: CodeChange[]
  /** of inventory items */
  itemSkus: CodeChange[]
}

/**
 * The column of each code, and the value that stands in the column during the move: a handle can not be empty. A variant's `ean`
 * and `upc` are unique too, but the plugin does not write them.
 */
const COLUMNS = {
  handles: { table: "product", column: "handle", meanwhile: "id" },
  skus: { table: "product_variant", column: "sku", meanwhile: "NULL" },
  barcodes: { table: "product_variant", column: "barcode", meanwhile: "NULL" },
  itemSkus: { table: "inventory_item", column: "sku", meanwhile: "NULL" },
} as const satisfies Record<keyof CodeMoves, { table: DirectTable; column: string; meanwhile: string }>

const KINDS = Object.keys(COLUMNS) as (keyof CodeMoves)[]

const kindsOf = (moves: CodeMoves) => KINDS.filter((kind) => moves[kind].length > 0)

/** The ids of the records whose codes change, by table, each once. */
export function movedRecords(moves: CodeMoves): Map<DirectTable, string[]> {
  const records = new Map<DirectTable, Set<string>>()
  for (const kind of kindsOf(moves)) {
    const { table } = COLUMNS[kind]
    records.set(table, new Set([...(records.get(table) ?? []), ...moves[kind].map(({ id }) => id)]))
  }
  return new Map([...records].map(([table, ids]) => [table, [...ids]]))
}

/**
 * Changes unique codes of many records in one transaction: first all records give up their codes, then each gets its new one.
 *
 * Postgres checks uniqueness row by row, so that two records can not swap codes in one statement. Medusa's services would commit
 * each half separately: in between a variant has no SKU, and an order placed then would store none. Where a record outside of
 * `moves` has one of the new codes, the statement fails and nothing is changed. The caller checks with `writesDirectly` that the
 * tables are unchanged, and emits the modules' events afterwards.
 */
export async function moveCodes(db: Knex, moves: CodeMoves): Promise<void> {
  await db.transaction(async (transaction) => {
    for (const kind of kindsOf(moves)) {
      const { table, column, meanwhile } = COLUMNS[kind]
      await rowsOf(transaction, `UPDATE ${table} SET ${column} = ${meanwhile} WHERE id = ANY(:ids) AND deleted_at IS NULL`, {
        ids: moves[kind].map(({ id }) => id),
      })
    }
    for (const kind of kindsOf(moves)) {
      const { table, column } = COLUMNS[kind]
      await rowsOf(
        transaction,
        `UPDATE ${table} AS record
         SET ${column} = wanted.code, updated_at = now()
         FROM unnest(CAST(:ids AS text[]), CAST(:codes AS text[])) AS wanted (id, code)
         WHERE record.id = wanted.id AND record.deleted_at IS NULL`,
        { ids: moves[kind].map(({ id }) => id), codes: moves[kind].map(({ to }) => to) }
      )
    }
  })
}
