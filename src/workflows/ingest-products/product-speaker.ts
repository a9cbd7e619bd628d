import type { CatalogueProduct } from "./catalogue"
import { isArchived } from "./plan-lifecycle"
import type { Member } from "./plan-variant"

/**
 * The variant that speaks for its product: the oldest that is in the shop and linked to Odoo, or else the oldest. Were the
 * product told of by whichever variant came last, variants with titles, texts or images of their own would change it on each
 * push. A variant that is about to be made is younger than those that are there, and older than the next one.
 * @param members all that is said of the product's variants
 * @returns the variant's id
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
 * What counts of what is said of a product, the last of it most. Where the product is not there yet, the others tell what its
 * speaker leaves out, the first of them before the rest.
 * @param members all that is said of the product's variants
 */
export function speakersOf(product: CatalogueProduct | undefined, members: readonly Member[]): Member[] {
  const speaker = speakerOf(product, members)
  return product === undefined
    ? [...members].reverse().sort((one, other) => Number(one.id === speaker) - Number(other.id === speaker))
    : members.filter(({ id, statement }) => id === speaker && statement.lifecycle !== "archive")
}
