import { rowsOf, type Db } from "../../database/statement"

export type TranslationRow = { id: string; reference_id: string; locale_code: string; translations: Record<string, unknown> }

/** The translations of products. Hand-written, because the module creates an entity for each. */
export function selectTranslations(db: Db, productIds: readonly string[]): Promise<TranslationRow[]> {
  return rowsOf<TranslationRow>(
    db,
    `SELECT id, reference_id, locale_code, translations FROM translation
     WHERE reference = 'product' AND reference_id = ANY(:productIds) AND deleted_at IS NULL`,
    { productIds }
  )
}
