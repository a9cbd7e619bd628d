import { rowsOf, type Db } from "../database/statement"

/** A new price without rules, for a price set without prices. The amount has all its digits, in major units. */
export type NewPrice = { id: string; price_set_id: string; currency_code: string; amount: string }

/**
 * Adds prices without rules to price sets in one statement.
 *
 * For 1,000 price sets, Medusa's pricing module takes 0.65 s to create them with a price each, and 0.25 s without prices; this
 * statement takes 0.03 s on the same machine. The pricing module creates an entity for each price, and reads the prices back. The
 * caller creates the price sets through the module, checks with `writesDirectly` that the table is unchanged, and emits the
 * module's events afterwards.
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
