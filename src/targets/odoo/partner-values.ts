import { createHash } from "crypto"

import type { AddressSource } from "../../wire/address"
import type { Cell } from "./load-record"
import type { Lookups } from "./lookups"
import { idIn } from "./values"

/** The values of a partner that the shop states. An empty text, and null, state nothing. */
export type PartnerValues = Readonly<Record<string, string | number | null>>

const joined = (...parts: readonly (string | null | undefined)[]) => parts.map((part) => part?.trim() ?? "").filter((part) => part !== "").join(" ")

/** The name of a person. */
export const personName = (person: { first_name?: string | null | undefined; last_name?: string | null | undefined }) =>
  joined(person.first_name, person.last_name)

/** The values of a partner's address. */
export async function addressValues(lookups: Lookups, address: AddressSource): Promise<PartnerValues> {
  const country = address.country_code ? await lookups.country(address.country_code) : null
  const state = country !== null && address.province ? await lookups.state(country, address.province) : null
  return {
    street: joined(address.address_1),
    street2: joined(address.address_2),
    // a province that Odoo does not know is kept in sight
    city: joined(address.city, state === null ? address.province : ""),
    zip: joined(address.postal_code),
    country_id: country,
    state_id: state,
    phone: joined(address.phone),
  }
}

/** The name of an address of its own: Odoo shows `Company, Person` in this order. */
export const addressName = (address: AddressSource) =>
  [joined(address.company), personName(address)].filter((part) => part !== "").join(", ")

/** Whether a value states nothing. */
const isNothing = (value: unknown) => value === null || value === undefined || value === "" || value === false

/** A value of a partner as text, in the form of what is compared: a relation by its id. */
function comparable(value: unknown): string {
  const id = idIn(value)
  return id !== null ? String(id) : typeof value === "string" ? value.trim() : ""
}

const DIGEST_LENGTH = 16

const digestOf = (value: unknown) => createHash("sha256").update(comparable(value)).digest("hex").slice(0, DIGEST_LENGTH)

/** The digests of the values that the shop has written, as the partner keeps them. */
export type WrittenDigests = Readonly<Record<string, string>>

/** The digests of values, to be kept with the partner that is made of them. */
export const digestsOf = (values: PartnerValues): WrittenDigests =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isNothing(value)).map(([field, value]) => [field, digestOf(value)]))

/**
 * Compares a partner with what the shop states. A field that a person in Odoo has changed since the shop wrote it stays, as does a
 * field that the shop has never written and that is not empty.
 * @param present the partner in Odoo
 * @param written the digests of what the shop has written so far
 * @param overwrites whether the shop's values count in any case
 * @returns the fields to write, and the digests to keep
 */
export function changesOf(
  present: Readonly<Record<string, unknown>>,
  stated: PartnerValues,
  written: WrittenDigests,
  overwrites: boolean
): { values: Record<string, Cell>; digests: WrittenDigests } {
  const values: Record<string, Cell> = {}
  const digests: Record<string, string> = { ...written }
  for (const [field, value] of Object.entries(stated)) {
    const isEqual = comparable(present[field]) === comparable(value)
    const isOurs = isNothing(present[field]) || written[field] === digestOf(present[field])
    if (isNothing(value)) {
      // what the shop has written and has no more is emptied; what it never had is nobody's business
      if (!isEqual && written[field] !== undefined && (isOurs || overwrites)) {
        values[field] = false
        digests[field] = digestOf("")
      }
    } else if (isEqual) {
      digests[field] = digestOf(value)
    } else if (isOurs || overwrites) {
      values[field] = value
      digests[field] = digestOf(value)
    }
  }
  return { values, digests }
}

/** The values as cells of Odoo's import. */
export const cellsOf = (values: PartnerValues): Record<string, Cell> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([field, value]): [string, Cell][] =>
      value === null || value === "" ? [] : [[field.endsWith("_id") ? `${field}/.id` : field, value]]
    )
  )

/** Whether two addresses are the same, by the fields that an address of an order has. */
export const isSameAddress = (present: Readonly<Record<string, unknown>>, stated: PartnerValues) =>
  Object.entries(stated).every(([field, value]) => comparable(present[field]).toLowerCase() === comparable(value).toLowerCase())

/** A text that is the same for the same address. */
export const addressKey = (stated: PartnerValues) => digestOf(JSON.stringify(Object.entries(stated).map(([field, value]) => [field, comparable(value).toLowerCase()])))
