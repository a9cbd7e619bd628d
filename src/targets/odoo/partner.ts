import { createHash } from "crypto"

import { externalId } from "../../connection/needs"
import { isObject } from "../../wire/redact"
import { parsedJson } from "../../wire/parsed-json"
import type { AddressSource } from "../../wire/address"
import { OdooError, type Domain, type DomainTerm, type OdooRecord } from "../../odoo-client"
import { Hold } from "./hold"
import { loadRecord, Refused, type Cell } from "./load-record"
import { noteOnce } from "./note-once"
import {
  addressKey, addressName, addressValues, cellsOf, changesOf, digestsOf, isSameAddress, type PartnerValues, type WrittenDigests,
} from "./partner-values"
import type { Session } from "./session"
import { idIn, textOf } from "./values"

/** A customer of the shop, or the guest of an order, as a partner needs it. */
export type ShopCustomer = {
  /** Medusa's id; null for an order without a customer */
  id: string | null
  email: string
  name: string
  phone: string
  company: string
  vat: string
  /** such as `ar` or `de-DE`; empty for none */
  locale: string
  /** Odoo's id, where the customer is linked */
  odooId: number | null
}

/** An address of a customer's address book. */
export type BookAddress = { id: string; type: "invoice" | "delivery" | "other"; address: AddressSource }

/** What of a partner is read. */
const FIELDS = [
  "name", "display_name", "email", "phone", "lang", "vat", "street", "street2", "city", "zip", "country_id", "state_id", "parent_id",
  "is_company", "type", "x_medusa_customer_id", "x_medusa_values",
]

/** Finds archived partners too: a customer whose partner a person has archived gets no second one. */
const ALSO_ARCHIVED: DomainTerm = ["active", "in", [true, false]]

/** How many candidates a hold names. */
const MAX_NAMED = 5

const writtenIn = (partner: OdooRecord): WrittenDigests => {
  const kept = parsedJson(textOf(partner.x_medusa_values))?.json
  return isObject(kept) ? (kept as WrittenDigests) : {}
}

const digest = (text: string) => createHash("sha256").update(text.trim().toLowerCase()).digest("hex").slice(0, 24)

const search = ({ client }: Session, domain: Domain) => client.searchRead("res.partner", { domain, fields: FIELDS, order: "id", limit: 50 })

/**
 * Finds the partner of a customer: by link, by the shop's id, by e-mail.
 * @throws Hold where several partners with the e-mail are candidates, and where set-up has not made the fields
 */
export async function findPartner(session: Session, { id, odooId, email }: ShopCustomer): Promise<OdooRecord | undefined> {
  await session.lookups.requireField("res.partner", "x_medusa_customer_id")
  await session.lookups.requireField("res.partner", "x_medusa_values")
  if (odooId !== null) {
    const [linked] = await search(session, [["id", "=", odooId], ALSO_ARCHIVED])
    if (linked !== undefined) {
      return linked
    }
  }
  const known = id === null ? [] : await search(session, [["x_medusa_customer_id", "=", id], ALSO_ARCHIVED])
  const [first] = known
  if (first !== undefined || email === "") {
    return first
  }
  const matches = await search(session, [["email_normalized", "=", email.trim().toLowerCase()]])
  // an address of a contact often has the contact's e-mail
  const candidates = matches.length > 1 ? matches.filter(({ parent_id: parent }) => idIn(parent) === null) : matches
  if (matches.length > 1 && candidates.length !== 1) {
    const named = matches.slice(0, MAX_NAMED).map((match) => String(match.id)).join(", ")
    throw Hold.untilMended(
      `Odoo has ${String(matches.length)} contacts with the customer's e-mail (res.partner ${named}). Merge them, or link the customer to one of them.`
    )
  }
  return candidates[0]
}

/** Odoo's words, where it has refused the values of a record; undefined for any other error. */
const refusalIn = (error: unknown): string | undefined =>
  error instanceof Refused ? error.reason : error instanceof OdooError && error.kind === "validation" ? (error.reason ?? "") : undefined

/** Under this name a partner keeps the digest of the VAT number that Odoo has refused, so that it is not written again. */
const REFUSED_VAT = "vat_refused"

/**
 * Writes a partner, without the VAT number where Odoo refuses that one: an order must not wait for it. A note at the partner tells of it.
 * @param written the digests that the partner keeps
 * @param write writes the values, keeps further digests, and gives the partner's id
 */
async function sparingVat(
  session: Session,
  stated: PartnerValues,
  written: WrittenDigests,
  write: (values: PartnerValues, digests: WrittenDigests) => Promise<number>
): Promise<number> {
  const { vat, ...others } = stated
  const vatDigest = digest(String(vat ?? ""))
  if (written[REFUSED_VAT] === vatDigest) {
    return await write(others, {})
  }
  try {
    return await write(stated, {})
  } catch (error) {
    const reason = refusalIn(error)
    if (reason === undefined || !vat) {
      throw error
    }
    // refused again where something else was the matter
    const id = await write(others, { [REFUSED_VAT]: vatDigest })
    await noteOnce(session, { model: "res.partner", id }, `VAT ${vatDigest.slice(0, 8)}`, `The shop states the VAT number ${String(vat)}, which Odoo refuses: ${reason}`)
    return id
  }
}

/** The partner of a company: by VAT number, by name, else made. */
async function companyPartner(session: Session, { company, vat }: ShopCustomer): Promise<number> {
  const isCompany: Domain = [["is_company", "=", true]]
  const byVat = vat === "" ? [] : await search(session, [["vat", "=ilike", vat], ...isCompany])
  const byName = byVat.length > 0 ? [] : await search(session, [["name", "=ilike", company.replace(/[\\%_]/g, "\\$&")], ...isCompany])
  const found = byVat[0] ?? byName.find(({ name }) => textOf(name).trim().toLowerCase() === company.trim().toLowerCase())
  if (found !== undefined) {
    return found.id
  }
  return await sparingVat(session, { name: company, vat }, {}, (values) =>
    loadRecord(session.client, "res.partner", externalId("company", digest(company)), { ...cellsOf(values), is_company: true })
  )
}

async function customerValues({ lookups }: Session, customer: ShopCustomer, address: AddressSource | null): Promise<PartnerValues> {
  const own = address === null ? {} : await addressValues(lookups, address)
  return {
    ...own,
    name: customer.name === "" ? customer.email : customer.name,
    email: customer.email,
    phone: customer.phone === "" ? (own.phone ?? null) : customer.phone,
    // Odoo passes the number of a company on to its contacts
    vat: customer.company === "" ? customer.vat : null,
    lang: customer.locale === "" ? null : await lookups.language(customer.locale),
  }
}

/** Writes into a partner what has changed in the shop. @returns the partner's id */
async function writeChanges(
  session: Session,
  partner: OdooRecord,
  stated: PartnerValues,
  ids: Readonly<Record<string, Cell>>,
  more: WrittenDigests = {}
): Promise<number> {
  const written = writtenIn(partner)
  const changes = changesOf(partner, stated, written, session.options.overwritePartners)
  const { values } = changes
  const digests = { ...changes.digests, ...more }
  const marks = Object.fromEntries(Object.entries(ids).filter(([field, value]) => partner[field] !== value))
  const isNoted = JSON.stringify(digests) === JSON.stringify(written)
  if (Object.keys({ ...values, ...marks }).length > 0 || !isNoted) {
    const vals = { ...values, ...marks, x_medusa_values: JSON.stringify(digests) }
    await session.client.call("res.partner", "write", { ids: [partner.id], vals })
  }
  return partner.id
}

/**
 * Makes the partner of a customer, or writes what has changed in the shop. What a person in Odoo has changed stays.
 * @param address the customer's own address; null where the shop knows none
 * @param isOwnWord whether the values are the customer's own; an order says only to where it goes, and changes no partner
 * @returns the partner's id and name
 * @throws Hold, Refused, OdooError
 */
export async function keepPartner(
  session: Session,
  customer: ShopCustomer,
  address: AddressSource | null,
  isOwnWord: boolean
): Promise<{ id: number; name: string }> {
  const found = await findPartner(session, customer)
  const ids: Record<string, Cell> = customer.id === null ? {} : { x_medusa_customer_id: customer.id }
  if (found !== undefined) {
    const stated = isOwnWord ? await customerValues(session, customer, address) : {}
    await sparingVat(session, stated, writtenIn(found), (values, more) => writeChanges(session, found, values, ids, more))
    return { id: found.id, name: textOf(found.display_name) }
  }
  const stated = await customerValues(session, customer, address)
  const parent = customer.company === "" ? null : await companyPartner(session, customer)
  const key = customer.id ?? digest(customer.email)
  const id = await sparingVat(session, stated, {}, (values, more) =>
    loadRecord(session.client, "res.partner", externalId("customer", key), {
      ...cellsOf({ ...values, parent_id: parent }),
      ...ids,
      x_medusa_values: JSON.stringify({ ...digestsOf(values), ...more }),
    })
  )
  return { id, name: customer.name === "" ? customer.email : customer.name }
}

/** Makes the addresses of a customer's book as children of the partner, or writes what has changed in the shop. */
export async function keepAddresses(session: Session, partnerId: number, book: readonly BookAddress[]): Promise<void> {
  if (book.length === 0) {
    return
  }
  const children = await search(session, [["x_medusa_customer_id", "in", book.map(({ id }) => id)], ALSO_ARCHIVED])
  for (const { id, type, address } of book) {
    const stated = { ...(await addressValues(session.lookups, address)), name: addressName(address), type }
    const child = children.find(({ x_medusa_customer_id: medusaId }) => medusaId === id)
    if (child !== undefined) {
      await writeChanges(session, child, stated, {})
    } else {
      await loadRecord(session.client, "res.partner", externalId("address", id), {
        ...cellsOf({ ...stated, parent_id: partnerId }),
        x_medusa_customer_id: id,
        x_medusa_values: JSON.stringify(digestsOf(stated)),
      })
    }
  }
}

/**
 * The partner of an address of an order: the customer's own, a child with the same address, or a new child.
 * @param type what the address is for
 */
export async function addressPartner(
  session: Session,
  partnerId: number,
  address: AddressSource | null | undefined,
  type: "invoice" | "delivery"
): Promise<number> {
  const name = address ? addressName(address) : ""
  if (!address || (name === "" && !address.address_1)) {
    return partnerId
  }
  const stated = { ...(await addressValues(session.lookups, address)), name }
  // the partner itself first: its id is the lowest
  const known = await search(session, ["|", ["id", "=", partnerId], ["parent_id", "=", partnerId]])
  const same = known.find((partner) => isSameAddress(partner, stated))
  if (same !== undefined) {
    return same.id
  }
  return await loadRecord(session.client, "res.partner", externalId("address", String(partnerId), addressKey({ ...stated, type })), cellsOf({ ...stated, parent_id: partnerId, type }))
}
