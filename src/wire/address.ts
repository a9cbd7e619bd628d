/** A text as a source may give it. */
export type Text = string | null | undefined

export type AddressSource = Partial<Record<(typeof ADDRESS_FIELDS)[number], Text>>

/** The members of an address on the wire. */
export const ADDRESS_FIELDS = [
  "first_name",
  "last_name",
  "company",
  "address_1",
  "address_2",
  "city",
  "province",
  "postal_code",
  "country_code",
  "phone",
] as const

/** A text of an address; empty for null. Receivers join these texts, and Python would write null as "None". */
export const text = (value: Text): string => value ?? ""

/** The address as the wire shows it. Some receivers call `.get()` on it, so there is always an object. */
export function addressDocument(address: AddressSource | null | undefined) {
  return Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, text(address?.[field])])) as Record<
    (typeof ADDRESS_FIELDS)[number],
    string
  >
}
