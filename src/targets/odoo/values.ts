/** A text of Odoo's; Odoo writes `false` for none. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "")

/** The id in a relation to one record, which Odoo writes as `[7, "Name"]`, a bare id, or `false`; null for none. */
export function idIn(value: unknown): number | null {
  const id: unknown = Array.isArray(value) ? value[0] : value
  return typeof id === "number" ? id : null
}

/** Odoo's id of a record, as a link or metadata keeps it; null for what is no number. */
export const recordId = (value: unknown): number | null => (/^\d+$/.test(String(value)) ? Number(value) : null)

/** The ids in a relation to several records. */
export const idsIn = (value: unknown): number[] => (Array.isArray(value) ? value.filter((id) => typeof id === "number") : [])
