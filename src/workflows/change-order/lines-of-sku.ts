/** The SKUs of a line: the one that was sold, and the one that its variant has now. */
type Named = { sold: string | null; present: string | null }

/** The lines with a SKU: spelled exactly so, or else in any case, where that is unambiguous. */
function called<T>(lines: readonly T[], sku: string, nameOf: (line: T) => string | null): T[] {
  const exact = lines.filter((line) => nameOf(line) === sku)
  if (exact.length > 0) {
    return exact
  }
  const alike = lines.filter((line) => nameOf(line)?.trim().toLowerCase() === sku.trim().toLowerCase())
  return new Set(alike.map(nameOf)).size === 1 ? alike : []
}

/**
 * The lines of an order that a SKU names (contract 1, "Tolerance"). The SKU of a variant may have changed since it was sold.
 * Odoo may use either, and the sold one takes precedence.
 */
export function linesOfSku<T>(lines: readonly T[], sku: string, namesOf: (line: T) => Named): T[] {
  const sold = called(lines, sku, (line) => namesOf(line).sold)
  return sold.length > 0 ? sold : called(lines, sku, (line) => namesOf(line).present)
}
