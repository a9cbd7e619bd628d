import type { VariantMatchRow } from "../../read-model/products/select-variant-matches"
import { WireError } from "../../wire/errors"
import type { BulkProductItem, ProductItem } from "../../wire/product-statement"
import type { Catalogue, CatalogueProduct, CatalogueVariant } from "./catalogue"
import { variantsThatLeaveTheirSku } from "./sku-moves"

/** What a statement is about: a variant, a product that gets a new variant, or neither. */
export type Match = { product: CatalogueProduct | undefined; variant: CatalogueVariant | undefined }

const textOf = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : undefined)

/** The template of Odoo that a product stands for. */
export const templateOf = (product: Pick<CatalogueProduct, "metadata">) => textOf(product.metadata?.odoo_product_tmpl_id)

/** The product of Odoo that a variant is linked to; an only variant may have it from its product. */
function odooIdOf(product: CatalogueProduct, variant: CatalogueVariant): string | undefined {
  return textOf(variant.metadata?.odoo_id) ?? (product.variants.length === 1 ? textOf(product.metadata?.odoo_id) : undefined)
}

const duplicate = (sku: string, owner: string) =>
  new WireError("DUPLICATE_SKU", `The SKU ${sku} belongs to ${owner} already.`, { sku })

/** Finds variants by SKU, as it is written, else whatever its case where that is unambiguous. */
function bySku(matches: readonly VariantMatchRow[]) {
  const exact = new Map(matches.map((row) => [row.sku, row]))
  const ignoringCase = new Map<string, VariantMatchRow[]>()
  for (const row of exact.values()) {
    const key = row.sku?.toLowerCase() ?? ""
    ignoringCase.set(key, [...(ignoringCase.get(key) ?? []), row])
  }
  return (sku: string): VariantMatchRow | undefined => {
    const [row, ...others] = ignoringCase.get(sku.toLowerCase()) ?? []
    return sku === "" ? undefined : (exact.get(sku) ?? (others.length === 0 ? row : undefined))
  }
}

/**
 * Finds what statements are about: the variant with the SKU, else the one that is linked to the product of Odoo (its
 * SKU has changed then), else the product that stands for the template. A SKU that its variant gives up in the same batch
 * is free for another.
 * @param batch all statements of the batch, by index
 * @param stuck those that can not be applied, by index
 * @returns a function that throws WireError `DUPLICATE_SKU` where the SKU is another product's
 */
export function matcher(catalogue: Catalogue, batch: ReadonlyMap<number, BulkProductItem> = new Map(), stuck: ReadonlySet<number> = new Set()) {
  const find = bySku(catalogue.matches)
  const linked = new Map<string, VariantMatchRow>()
  for (const row of catalogue.matches) {
    if (row.odoo_id !== null && !linked.has(row.odoo_id)) {
      linked.set(row.odoo_id, row)
    }
  }
  const variants = new Map([...catalogue.products.values()].flatMap((product) => product.variants.map((variant) => [variant.id, variant] as const)))
  const load = (row: VariantMatchRow): Match => ({ product: catalogue.products.get(row.product_id), variant: variants.get(row.id) })
  const ofTemplate = (templateId: string | undefined) =>
    templateId === undefined ? undefined : catalogue.products.get(catalogue.templates.get(templateId) ?? "")

  const leaving = variantsThatLeaveTheirSku(batch, stuck, { bySku: find, byOdooId: (odooId) => linked.get(odooId) })

  return (statement: ProductItem): Match => {
    const { sku, odooId, templateId } = statement
    const known = odooId === undefined ? undefined : linked.get(odooId)
    const holder = find(sku)
    const isGivenUp = holder !== undefined && odooId !== undefined && holder.odoo_id !== odooId && leaving.has(holder.id)
    const named = isGivenUp && (known === undefined || leaving.has(known.id)) ? undefined : holder
    const { product, variant } = load(named ?? known ?? { id: "", product_id: "", sku: null, odoo_id: null })
    if (product === undefined || variant === undefined) {
      return { product: ofTemplate(templateId), variant: undefined }
    }
    const template = templateOf(product)
    const other = ofTemplate(templateId)
    if (templateId !== undefined && (template === undefined ? other !== undefined && other.id !== product.id : template !== templateId)) {
      throw duplicate(sku, template === undefined ? "another product" : `Odoo's product template ${template}`)
    }
    const owner = odooIdOf(product, variant)
    // within one template, Odoo makes a variant anew when its attributes are changed: that is the same one to us
    const sameTemplate = templateId !== undefined && templateId === template
    if (odooId !== undefined && owner !== undefined && owner !== odooId && !sameTemplate) {
      throw duplicate(sku, `Odoo's product ${owner}`)
    }
    if (named !== undefined && known !== undefined && known.id !== named.id && owner === undefined) {
      throw duplicate(sku, `a product other than ${known.sku ?? known.id}, which is Odoo's ${known.odoo_id ?? ""}`)
    }
    return { product, variant }
  }
}
