import { createHash } from "crypto"

import type { CustomerDocument } from "./customer-document"

/** What of a customer `customer.updated` speaks of (contract 7). */
export const PROFILE_FIELDS = ["email", "first_name", "last_name", "phone", "company_name", "has_account", "addresses"] as const

export type ProfileField = (typeof PROFILE_FIELDS)[number]

/** Long enough to tell values apart. */
const DIGEST_LENGTH = 16

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)

/** A digest of each field of a profile: enough to see what has changed, without keeping what it was. */
export function profileOf(customer: CustomerDocument): Record<ProfileField, string> {
  const comparable = { ...customer, addresses: [...customer.addresses].sort(byId) }
  const digests = PROFILE_FIELDS.map((field) => {
    const digest = createHash("sha256").update(JSON.stringify(comparable[field])).digest("hex")
    return [field, digest.slice(0, DIGEST_LENGTH)]
  })
  return Object.fromEntries(digests) as Record<ProfileField, string>
}

/** The fields in which two profiles differ. */
export function changedFields(before: Readonly<Record<string, string>>, now: Readonly<Record<ProfileField, string>>): ProfileField[] {
  return PROFILE_FIELDS.filter((field) => before[field] !== now[field])
}
