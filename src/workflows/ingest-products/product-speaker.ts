import type { CatalogueProduct } from "./catalogue"
import { isArchived } from "./plan-lifecycle"
import type { Member } from "./plan-variant"

/**
 * The variant whose items may change the product, its speaker: the oldest variant in the shop that is linked to Odoo, or else the
 * oldest. Without a speaker, variants with different titles, texts or images would change the product on each push. New variants
 * are younger than present ones, and in the order of their items.
 * @param members all items about the product
 * @returns the id of the variant
 */
function speakerOf(product: CatalogueProduct | undefined, members: readonly Member[]): string | undefined {
  const said = new Map(members.map(({ id, statement }) => [id, statement]))
  const all = [
    ...(product?.variants ?? []),
    ...members.flatMap(({ id, variant }) => (variant === undefined ? { id, metadata: null } : [])),
  ]
  const shown = all.filter((variant) => {
    const lifecycle = said.get(variant.id)?.lifecycle
    return lifecycle === undefined ? !isArchived(variant) : lifecycle === "restore"
  })
  const candidates = shown.length > 0 ? shown : all
  const linked = candidates.find(({ id, metadata }) => (metadata?.odoo_id ?? said.get(id)?.odooId ?? null) !== null)
  return (linked ?? candidates[0])?.id
}

/**
 * The members whose values count for a product, the last one most. For a present product this is the speaker alone. For a new
 * product, other members fill in values that its speaker lacks, earlier ones first.
 * @param members all items about the product
 */
export function speakersOf(product: CatalogueProduct | undefined, members: readonly Member[]): Member[] {
  const speaker = speakerOf(product, members)
  return product === undefined
    ? [...members].reverse().sort((one, other) => Number(one.id === speaker) - Number(other.id === speaker))
    : members.filter(({ id, statement }) => id === speaker && statement.lifecycle !== "archive")
}
