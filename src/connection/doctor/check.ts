import type { DirectOptions } from "../../modules/odoo/odoo-options"
import type { OdooClient } from "../../odoo-client"
import type { DoctorFinding } from "../../wire/answer-schemas/admin"

export type Finding = DoctorFinding

export type CheckName = Finding["check"]

/** A rate of a tax of the shop, in percent, and whether the prices there hold the tax. */
export type ShopTax = { rate: string; isInclusive: boolean }

/** A variant of a published product. */
export type ShopVariant = { id: string; sku: string | null; name: string }

/** What of the shop is compared with Odoo. */
export type ShopFacts = {
  /** the codes of the currencies that the shop sells in, in upper case */
  currencies: readonly string[]
  taxes: readonly ShopTax[]
  stockLocations: readonly { id: string; name: string }[]
  /** the variants of published products, in pages */
  variants: () => AsyncIterable<readonly ShopVariant[]>
}

/** What every check is given. */
export type CheckInput = {
  client: OdooClient
  options: Pick<DirectOptions, "connection" | "locations" | "companyId" | "unknownSku">
  shop: ShopFacts
  /** the time of this machine */
  now: () => Date
}

/** A check, or a few that read the same. */
export type Check = {
  /** what its findings are called where it fails */
  name: CheckName
  /** finds out; a check that does not concern the shop finds nothing */
  run: (input: CheckInput) => Promise<Finding[]>
  /** whether the other checks are in vain where this one does not find all well */
  isRequired?: boolean
}

/** The largest number of examples that a finding names. */
const MOST_EXAMPLES = 20

/** How many and the first of them, for a finding's details. */
export const detailsOf = (all: readonly string[]): NonNullable<Finding["details"]> => ({ count: all.length, examples: all.slice(0, MOST_EXAMPLES) })

/** Names in a sentence, at most twenty of them: `A, B and 3 more`. */
export function named(all: readonly string[]): string {
  const { examples, count } = detailsOf(all)
  return count > examples.length ? `${examples.join(", ")} and ${String(count - examples.length)} more` : examples.join(", ")
}

/** A number with its noun: `1 SKU`, `3 SKUs`. */
export const counted = (count: number, noun: string) => `${String(count)} ${noun}${count === 1 ? "" : "s"}`

export const well = (check: CheckName, sentence: string): Finding => ({ check, state: "well", sentence, remedy: null })

export const mend = (check: CheckName, sentence: string, remedy: string, details?: Finding["details"]): Finding => ({
  check,
  state: "mend",
  sentence,
  remedy,
  ...(details === undefined ? {} : { details }),
})

export const unknown = (check: CheckName, sentence: string, remedy: string | null = null): Finding => ({ check, state: "unknown", sentence, remedy })

/** The faults that were found, else the finding that all is well. */
export const orWell = (faults: readonly Finding[], allWell: Finding): Finding[] => (faults.length > 0 ? [...faults] : [allWell])
