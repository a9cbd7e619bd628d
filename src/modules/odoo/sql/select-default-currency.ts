import { rowsOf, type Db } from "./db"

/** The default currency of the store; null where none is set. Hand-written, because each pull of customers asks it. */
export async function selectDefaultCurrency(db: Db): Promise<string | null> {
  const rows = await rowsOf<{ currency_code: string }>(
    db,
    `SELECT currency.currency_code
     FROM store
     JOIN store_currency AS currency
       ON currency.store_id = store.id AND currency.is_default AND currency.deleted_at IS NULL
     WHERE store.deleted_at IS NULL
     ORDER BY store.created_at, store.id
     LIMIT 1`,
    {}
  )
  return rows[0]?.currency_code ?? null
}
