/** A text in the source of a document. */
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

/** The text on the wire: an empty text for null, because receivers join the texts of an address, and Python would write null as "None". */
export const text = (value: Text): string => value ?? ""

/** The address on the wire. There is always an object, because some receivers call `.get()` on it. */
export function addressDocument(address: AddressSource | null | undefined) {
  return Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, text(address?.[field])])) as Record<
    (typeof ADDRESS_FIELDS)[number],
    string
  >
}
