/** What a line is called: as it was sold, and as its variant is called now. */
type Named = { sold: string | null; present: string | null }

/** Those of one name: as it is written, else whatever its case where that is unambiguous. */
function called<T>(lines: readonly T[], sku: string, nameOf: (line: T) => string | null): T[] {
  const exact = lines.filter((line) => nameOf(line) === sku)
  if (exact.length > 0) {
    return exact
  }
  const alike = lines.filter((line) => nameOf(line)?.trim().toLowerCase() === sku.trim().toLowerCase())
  return new Set(alike.map(nameOf)).size === 1 ? alike : []
}

/**
 * The lines of an order that a SKU means (contract 1, "Tolerance"). A variant may have been renamed since it was sold:
 * Odoo may say either, and what it was sold as comes first.
 */
export function linesOfSku<T>(lines: readonly T[], sku: string, namesOf: (line: T) => Named): T[] {
  const sold = called(lines, sku, (line) => namesOf(line).sold)
  return sold.length > 0 ? sold : called(lines, sku, (line) => namesOf(line).present)
}
