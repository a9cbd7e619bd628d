import { PRODUCT_COLUMNS } from "../../read-model/products/select-catalogue-products"

/** The columns of a product or variant that can be restored without other records. */
const PLAIN = new Set<string>([...PRODUCT_COLUMNS, "sku", "barcode"])

type Change = Readonly<Record<string, unknown>>

/** The metadata patch that undoes a patch. */
function metadataUndo(metadata: unknown, patch: unknown): Record<string, unknown> {
  const before = (metadata ?? {}) as Change
  return Object.fromEntries(Object.keys(patch as Change).map((key) => [key, Object.hasOwn(before, key) ? before[key] : ""]))
}

/**
 * The update that undoes an update of a product or a variant.
 * @param record the product or variant before the update
 * @returns undefined where the update changes more than columns and metadata: options, images, stock records, …
 */
export function plainUndo(update: Change & { id: string }, record: Change): (Change & { id: string }) | undefined {
  const { id, metadata, ...columns } = update
  const names = Object.keys(columns)
  if (!names.every((name) => PLAIN.has(name))) {
    return undefined
  }
  return {
    ...Object.fromEntries(names.map((name) => [name, record[name]])),
    ...(metadata === undefined ? {} : { metadata: metadataUndo(record.metadata, metadata) }),
    id,
  }
}
