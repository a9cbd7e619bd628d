import { rowsOf, type Db } from "../modules/odoo/sql/db"

/** A plain price of a price set that has none yet: major units as exact digits. */
export type NewPrice = { id: string; price_set_id: string; currency_code: string; amount: string }

/**
 * Adds plain prices to price sets in one statement.
 *
 * The pricing module makes entities of them, and reads them back with their sets and rules to answer: 1,000 price sets take it
 * 0.65 s with a price each and 0.25 s without, and this statement 0.03 s, on the same machine. The sets are made by the
 * module itself. The caller emits the module's own events afterwards, and has asked whether the table is still the one that
 * `columns.ts` knows.
 */
export async function insertPrices(db: Db, prices: readonly NewPrice[]): Promise<void> {
  await rowsOf(
    db,
    `INSERT INTO price (id, price_set_id, currency_code, amount, raw_amount, rules_count)
     SELECT wanted.id, wanted.price_set_id, wanted.currency_code, CAST(wanted.amount AS numeric),
            jsonb_build_object('value', wanted.amount, 'precision', 20), 0
     FROM unnest(CAST(:ids AS text[]), CAST(:sets AS text[]), CAST(:currencies AS text[]), CAST(:amounts AS text[]))
       AS wanted (id, price_set_id, currency_code, amount)`,
    {
      ids: prices.map(({ id }) => id),
      sets: prices.map(({ price_set_id }) => price_set_id),
      currencies: prices.map(({ currency_code }) => currency_code),
      amounts: prices.map(({ amount }) => amount),
    }
  )
}
