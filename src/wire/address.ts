/** A text as a source may give it. */
export type Text = string | null | undefined

export type AddressSource = Partial<Record<(typeof ADDRESS_FIELDS)[number], Text>>

/** What the wire shows of an address. */
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

/** Receivers build names and addresses by joining these: a null would read "None". */
export const text = (value: Text): string => value ?? ""

/** The address as the wire shows it. Some receivers call `.get()` on it, so there is always an object. */
export function addressDocument(address: AddressSource | null | undefined) {
  return Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, text(address?.[field])])) as Record<
    (typeof ADDRESS_FIELDS)[number],
    string
  >
}
