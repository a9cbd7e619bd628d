import { movedRecords, type CodeChange, type CodeMoves } from "../../core-writes/move-codes"
import type { Catalogue } from "./catalogue"
import type { ProductWrites } from "./writes"

const present = (values: readonly unknown[]) => new Set(values.filter((value): value is string => typeof value === "string"))

/** The change of a code where another record takes the present code; otherwise empty. */
function released<Code extends string | null>(taken: ReadonlySet<string>, id: string, from: Code | undefined, to: Code | undefined): CodeChange<Code>[] {
  return to === undefined || from === undefined || from === null || !taken.has(from) ? [] : [{ id, from, to }]
}

const newVariants = ({ products, variants }: ProductWrites) => [...products.flatMap((product) => product.variants), ...variants]

/** The SKUs that inventory items get, including those of new variants. */
const takenItemSkus = (writes: ProductWrites) => present([...newVariants(writes), ...writes.itemRenames].map(({ sku }) => sku))

/**
 * Plans new SKUs for inventory items whose SKU another item takes, although their own variant has another SKU by now: the SKU of
 * the variant, or none where that may not be free.
 */
export function renameMisnamed(writes: ProductWrites, { items }: Pick<Catalogue, "items">): ProductWrites["itemRenames"] {
  const taken = takenItemSkus(writes)
  const changing = new Set(writes.variantUpdates.flatMap(({ id, sku }) => (sku === undefined ? [] : id)))
  return [...items.values()].flatMap(({ id, sku: former, misnamed_variant_id: variantId, variant_sku: sku }) =>
    variantId === null || !taken.has(former) ? [] : { id, sku: sku === null || taken.has(sku) || changing.has(variantId) ? null : sku }
  )
}

/**
 * Finds the codes that must be given up before the batch is written, because another record of the batch takes them. Medusa allows
 * no two products, variants or inventory items with the same handle, SKU or bar code, not even during a swap.
 */
export function planReleases(writes: ProductWrites, catalogue: Pick<Catalogue, "products" | "items">): CodeMoves {
  const made = newVariants(writes)
  const skus = present([...made, ...writes.variantUpdates].map(({ sku }) => sku))
  const barcodes = present([...made, ...writes.variantUpdates].map(({ barcode }) => barcode))
  const handles = present([...writes.products, ...writes.productUpdates].map(({ handle }) => handle))
  const variants = new Map([...catalogue.products.values()].flatMap((product) => product.variants.map((variant) => [variant.id, variant] as const)))
  const items = [...[...variants.values()].flatMap(({ inventory_items }) => inventory_items), ...catalogue.items.values()]
  const formerSkus = new Map(items.map(({ id, sku }) => [id, sku]))
  const itemSkus = takenItemSkus(writes)
  return {
    handles: writes.productUpdates.flatMap(({ id, handle }) => released(handles, id, catalogue.products.get(id)?.handle, handle)),
    skus: writes.variantUpdates.flatMap(({ id, sku }) => released(skus, id, variants.get(id)?.sku, sku)),
    barcodes: writes.variantUpdates.flatMap(({ id, barcode }) => released(barcodes, id, variants.get(id)?.barcode, barcode)),
    itemSkus: writes.itemRenames.flatMap(({ id, sku }) => released(itemSkus, id, formerSkus.get(id), sku)),
  }
}

const idsOf = (changes: readonly CodeChange[]) => new Set(changes.map(({ id }) => id))

/** The undos of updates without the codes in `releases`, which are returned to their records after the undos. */
export function undoBeside(releases: CodeMoves, { productUndos, variantUndos }: ProductWrites): Pick<ProductWrites, "productUndos" | "variantUndos"> {
  if (movedRecords(releases).size === 0) {
    return { productUndos, variantUndos }
  }
  const [handles, skus, barcodes] = [idsOf(releases.handles), idsOf(releases.skus), idsOf(releases.barcodes)]
  return {
    productUndos: productUndos.map(({ handle, ...rest }) => (handle === undefined || handles.has(rest.id) ? rest : { ...rest, handle })),
    variantUndos: variantUndos.map(({ sku, barcode, ...rest }) => ({
      ...rest,
      ...(sku === undefined || skus.has(rest.id) ? {} : { sku }),
      ...(barcode === undefined || barcodes.has(rest.id) ? {} : { barcode }),
    })),
  }
}
