import { movedRecords, type CodeChange, type CodeMoves } from "../../core-writes/move-codes"
import type { Catalogue } from "./catalogue"
import type { ProductWrites } from "./writes"

const present = (values: readonly unknown[]) => new Set(values.filter((value): value is string => typeof value === "string"))

/** The change of a code that another record takes; none where nobody does. */
function released<Code extends string | null>(taken: ReadonlySet<string>, id: string, from: Code | undefined, to: Code | undefined): CodeChange<Code>[] {
  return to === undefined || from === undefined || from === null || !taken.has(from) ? [] : [{ id, from, to }]
}

const newVariants = ({ products, variants }: ProductWrites) => [...products.flatMap((product) => product.variants), ...variants]

/** The SKUs that inventory items get. A new variant has its own one made, which is called as the variant is. */
const takenItemSkus = (writes: ProductWrites) => present([...newVariants(writes), ...writes.itemRenames].map(({ sku }) => sku))

/**
 * What inventory items are called from now on that have a SKU which another item takes, although their own variant has another
 * SKU by now: as their variant, or nothing where that is not certain to be free.
 */
export function renameMisnamed(writes: ProductWrites, { items }: Pick<Catalogue, "items">): ProductWrites["itemRenames"] {
  const taken = takenItemSkus(writes)
  const changing = new Set(writes.variantUpdates.flatMap(({ id, sku }) => (sku === undefined ? [] : id)))
  return [...items.values()].flatMap(({ id, sku: former, misnamed_variant_id: variantId, variant_sku: sku }) =>
    variantId === null || !taken.has(former) ? [] : { id, sku: sku === null || taken.has(sku) || changing.has(variantId) ? null : sku }
  )
}

/**
 * Finds what has to be given up before anything is written, because another record of the same batch takes it: Medusa lets no
 * two products, variants or inventory items share a handle, a SKU or a bar code, not even while they are being swapped.
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

/** What undoes updates leaves alone what was given up before them; whoever gave it up gets it back after that. */
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
