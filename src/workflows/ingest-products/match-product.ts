import type { VariantMatchRow } from "../../read-model/products/select-variant-matches"
import { WireError } from "../../wire/errors"
import type { BulkProductItem, ProductItem } from "../../wire/product-statement"
import type { Catalogue, CatalogueProduct, CatalogueVariant } from "./catalogue"
import { variantsThatLeaveTheirSku } from "./sku-moves"

/** The variant of an item, or the product to which the item adds a variant; both undefined for a new product. */
export type Match = { product: CatalogueProduct | undefined; variant: CatalogueVariant | undefined }

const textOf = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : undefined)

/** The id of the product template in Odoo that a product is linked to. */
const templateOf = (product: Pick<CatalogueProduct, "metadata">) => textOf(product.metadata?.odoo_product_tmpl_id)

/** The id in Odoo that a variant is linked to: its own, or that of a product without other variants. */
function odooIdOf(product: CatalogueProduct, variant: CatalogueVariant): string | undefined {
  return textOf(variant.metadata?.odoo_id) ?? (product.variants.length === 1 ? textOf(product.metadata?.odoo_id) : undefined)
}

const duplicate = (sku: string, owner: string) =>
  new WireError("DUPLICATE_SKU", `The SKU ${sku} belongs to ${owner} already.`, { sku })

/** Makes a function that finds a variant by SKU: spelled exactly so, else in any case of the letters where only one matches. */
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
 * Makes a function that finds the variant of an item: the one with the SKU, else the one that is linked to the id in Odoo (Odoo
 * has changed the SKU), else the product that is linked to the template. A SKU that a variant gives up in the same batch is free
 * for another.
 * @param batch all items of the batch, by index
 * @param stuck those that can not be applied, by index
 * @returns a function that throws WireError `DUPLICATE_SKU` where the SKU belongs to another product
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
    // Odoo creates a variant anew when its attributes change; within one template it is the same variant for the shop
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
