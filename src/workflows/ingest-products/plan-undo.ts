import { PRODUCT_COLUMNS } from "../../read-model/products/select-catalogue-products"

/** The columns of a product, or of a variant, that can be written and put back without anything that hangs on it. */
const PLAIN = new Set<string>([...PRODUCT_COLUMNS, "sku", "barcode"])

type Change = Readonly<Record<string, unknown>>

/** What has to be merged into metadata so that a patch is undone. */
function metadataBack(metadata: unknown, patch: unknown): Record<string, unknown> {
  const before = (metadata ?? {}) as Change
  return Object.fromEntries(Object.keys(patch as Change).map((key) => [key, Object.hasOwn(before, key) ? before[key] : ""]))
}

/**
 * What undoes an update of a product or a variant.
 * @param record the product or variant as it stands
 * @returns undefined where the update touches more than columns and metadata: options, images, stock records, …
 */
export function plainUndo(update: Change & { id: string }, record: Change): (Change & { id: string }) | undefined {
  const { id, metadata, ...columns } = update
  const names = Object.keys(columns)
  if (!names.every((name) => PLAIN.has(name))) {
    return undefined
  }
  return {
    ...Object.fromEntries(names.map((name) => [name, record[name]])),
    ...(metadata === undefined ? {} : { metadata: metadataBack(record.metadata, metadata) }),
    id,
  }
}
