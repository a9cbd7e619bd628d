import type { Knex } from "@medusajs/framework/mikro-orm/knex"

import { rowsOf } from "../modules/odoo/sql/db"
import type { DirectTable } from "./columns"

/** A record by its id, with the code that it has and the one that it is to have. */
export type CodeChange<Code extends string | null = string | null> = { id: string; from: Code; to: Code }

/** Changes of codes, by what they are the codes of. */
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
 * Where codes stand, and what stands there while they move: a handle can not be empty. A variant's `ean` and `upc` are
 * unique too, but nothing of this plugin writes those.
 */
const COLUMNS = {
  handles: { table: "product", column: "handle", meanwhile: "id" },
  skus: { table: "product_variant", column: "sku", meanwhile: "NULL" },
  barcodes: { table: "product_variant", column: "barcode", meanwhile: "NULL" },
  itemSkus: { table: "inventory_item", column: "sku", meanwhile: "NULL" },
} as const satisfies Record<keyof CodeMoves, { table: DirectTable; column: string; meanwhile: string }>

const KINDS = Object.keys(COLUMNS) as (keyof CodeMoves)[]

const kindsOf = (moves: CodeMoves) => KINDS.filter((kind) => moves[kind].length > 0)

/** The ids of the records of each table whose codes change, each once. */
export function movedRecords(moves: CodeMoves): Map<DirectTable, string[]> {
  const records = new Map<DirectTable, Set<string>>()
  for (const kind of kindsOf(moves)) {
    const { table } = COLUMNS[kind]
    records.set(table, new Set([...(records.get(table) ?? []), ...moves[kind].map(({ id }) => id)]))
  }
  return new Map([...records].map(([table, ids]) => [table, [...ids]]))
}

/**
 * Moves codes of which no two records can have the same, in one transaction: all records give theirs up, and then each gets
 * its new one.
 *
 * The database checks each row as it is written, so that two records can not swap in one statement. Medusa's services commit
 * each half by itself: between them a variant has no SKU, and an order of it keeps none. Here nobody sees that. The
 * caller emits the modules' own events afterwards, and has asked whether the tables are still those that `columns.ts`
 * knows. Where a record that is not among them has one of the codes, the statement fails, and nothing has moved.
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
