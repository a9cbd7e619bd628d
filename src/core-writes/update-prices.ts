import { rowsOf, type Db } from "../modules/odoo/sql/db"

/** A price and what it is to be: major units as exact digits. */
export type PriceUpdate = { id: string; amount: string }

/**
 * Sets the amounts of many prices in one statement; what they hold for, their rules and their bounds stay.
 *
 * The pricing module reads each price set with its prices and rules, and writes price by price: 1,000 prices take its
 * `addPrices` 0.65 s in its best chunks, and this statement 0.02 s, on the same machine. Both columns are set, because prices are
 * calculated from the raw one. Medusa takes no locks for prices; the caller holds the catalogue's, emits the module's own
 * events afterwards, and has asked whether the table is still the one that `columns.ts` knows.
 * @returns the ids that were written
 */
export async function updatePrices(db: Db, updates: readonly PriceUpdate[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `UPDATE price
     SET amount = CAST(wanted.amount AS numeric),
         raw_amount = jsonb_build_object('value', wanted.amount, 'precision', 20),
         updated_at = now()
     FROM unnest(CAST(:ids AS text[]), CAST(:amounts AS text[])) AS wanted (id, amount)
     WHERE price.id = wanted.id AND price.deleted_at IS NULL
     RETURNING price.id`,
    { ids: updates.map(({ id }) => id), amounts: updates.map(({ amount }) => amount) }
  )
  return rows.map(({ id }) => id)
}
