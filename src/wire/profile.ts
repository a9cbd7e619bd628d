import { createHash } from "crypto"

import type { CustomerDocument } from "./customer-document"

/** The fields whose changes `customer.updated` names (contract 7). */
const PROFILE_FIELDS = ["email", "first_name", "last_name", "phone", "company_name", "has_account", "addresses"] as const

export type ProfileField = (typeof PROFILE_FIELDS)[number]

/** How many characters of a digest are stored; enough to see a change. */
const DIGEST_LENGTH = 16

/** A digest of each field of a profile. It shows that a field has changed, without storing personal data. */
export function profileOf(customer: CustomerDocument): Record<ProfileField, string> {
  const digests = PROFILE_FIELDS.map((field) => {
    const digest = createHash("sha256").update(JSON.stringify(customer[field])).digest("hex")
    return [field, digest.slice(0, DIGEST_LENGTH)]
  })
  return Object.fromEntries(digests) as Record<ProfileField, string>
}

/** The fields in which two profiles differ. */
export function changedFields(before: Readonly<Record<string, string>>, now: Readonly<Record<ProfileField, string>>): ProfileField[] {
  return PROFILE_FIELDS.filter((field) => before[field] !== now[field])
}
