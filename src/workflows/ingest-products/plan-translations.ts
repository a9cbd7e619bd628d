import { normalizeLocale } from "@medusajs/framework/utils"

import type { TranslationStatement } from "../../wire/product-statement"
import type { Draft } from "./draft"
import type { Member } from "./plan-variant"

/** The Arabic locale for a store without one. */
const ARABIC = "ar-SA"

/** Null removes a text. */
type Texts = { [Key in keyof TranslationStatement]: string | null | undefined }

/** The texts of an item by locale. `title_ar` counts for each Arabic locale of the store. */
function textsOf({ statement }: Member, storeLocales: readonly string[]): [locale: string, texts: Texts][] {
  const named = Object.entries(statement.translations ?? {}).map(([locale, texts]): [string, Texts] => [normalizeLocale(locale), texts])
  if (statement.titleAr === undefined && statement.descriptionAr === undefined) {
    return named
  }
  const arabic = storeLocales.filter((locale) => /^ar(-|$)/i.test(locale))
  const texts = { title: statement.titleAr, description: statement.descriptionAr }
  return [...(arabic.length > 0 ? arabic : [ARABIC]).map((locale): [string, Texts] => [normalizeLocale(locale), texts]), ...named]
}

/**
 * Plans the translations of a product, where the shop has Medusa's translation module.
 * @returns the members whose texts differ
 */
export function planTranslations(productId: string, members: readonly Member[], draft: Draft): Set<Member> {
  const { translations, shop } = draft.catalogue
  const differing = new Set<Member>()
  if (translations === null) {
    return differing
  }
  const present = new Map((translations.get(productId) ?? []).map((row) => [row.locale_code, row]))
  const wanted = new Map<string, Record<string, unknown>>()
  for (const member of members) {
    for (const [locale, texts] of textsOf(member, shop.locales)) {
      const current = wanted.get(locale) ?? present.get(locale)?.translations ?? {}
      const changed = (["title", "description"] as const)
        .map((field) => [field, texts[field]] as const)
        .filter(([field, text]) => text !== undefined && (current[field] ?? null) !== text)
      if (changed.length > 0) {
        wanted.set(locale, { ...current, ...Object.fromEntries(changed) })
        differing.add(member)
      }
    }
  }
  for (const [locale_code, texts] of wanted) {
    const id = present.get(locale_code)?.id
    if (id === undefined) {
      draft.writes.translations.create.push({ reference_id: productId, reference: "product", locale_code, translations: texts })
    } else {
      draft.writes.translations.update.push({ id, translations: texts })
    }
  }
  return differing
}
