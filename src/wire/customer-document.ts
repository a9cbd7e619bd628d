import { addressDocument, text, type AddressSource, type Text } from "./address"
import { compareIds } from "./compare-ids"
import { toAmount, toWireAmount, type AmountUnit } from "./money"
import { toOdooId } from "./odoo-id"
import { nameInMetadata, wireTime, type LinkSource } from "./order-document"

/** The data of a customer document: a customer of Medusa, with or without an account. */
export type CustomerSource = {
  id: string
  email?: Text
  first_name?: Text
  last_name?: Text
  phone?: Text
  company_name?: Text
  has_account?: boolean | null
  created_at: Date | string
  updated_at: Date | string
  metadata?: Record<string, unknown> | null
  addresses?: (AddressSource & { id: string; is_default_shipping?: boolean | null; is_default_billing?: boolean | null })[] | null
}

/** The orders of a customer in one currency. */
export type SpendingSource = {
  currency_code: string
  order_count: number
  /** the sum of the orders' totals, each rounded to the currency, in major units */
  total_spent: string
}

/**
 * The customer on the wire, without sums of orders (contract 2 and 7). Missing texts are empty.
 * @param link the link to Odoo; null where there is none
 */
export function customerDocument(customer: CustomerSource, link: Pick<LinkSource, "odoo_id" | "odoo_name" | "synced_at"> | null) {
  const odooId = link === null ? null : toOdooId(link.odoo_id)
  const syncedAt = link === null ? null : wireTime(link.synced_at)
  return {
    id: customer.id,
    // receivers search their contacts for the address, and distinguish upper and lower case
    email: text(customer.email).toLowerCase(),
    first_name: text(customer.first_name),
    last_name: text(customer.last_name),
    phone: text(customer.phone),
    company_name: text(customer.company_name),
    has_account: customer.has_account ?? false,
    created_at: wireTime(customer.created_at),
    updated_at: wireTime(customer.updated_at),
    addresses: [...(customer.addresses ?? [])].sort(compareIds).map((address) => ({
      id: address.id,
      ...addressDocument(address),
      is_default_shipping: address.is_default_shipping ?? false,
      is_default_billing: address.is_default_billing ?? false,
    })),
    metadata: {
      ...customer.metadata,
      odoo_synced: link !== null,
      odoo_customer_id: odooId,
      ...nameInMetadata("customer", link),
      odoo_sync_date: syncedAt,
    },
    odoo: { synced: link !== null, odoo_customer_id: odooId, synced_at: syncedAt },
  }
}

/** The customer on the wire, without sums of orders. */
export type CustomerDocument = ReturnType<typeof customerDocument>

/**
 * The sums of a customer's orders on the wire (contract 2).
 * @param spending one entry for each currency; empty for a customer without orders
 * @param input.defaultCurrency the store's; `total_spent` is the sum in this currency, and others are not converted
 * @param input.unit whether amounts are integers of the minor unit or decimals of the major unit
 */
export function customerStatistics(
  spending: readonly SpendingSource[],
  input: { defaultCurrency: string | null; unit: AmountUnit }
) {
  const byCurrency = spending.map((entry) => ({
    currency_code: entry.currency_code.toLowerCase(),
    order_count: entry.order_count,
    total_spent: toWireAmount(toAmount(entry.total_spent), entry.currency_code, input.unit),
  }))
  const inDefault = byCurrency.find((entry) => entry.currency_code === input.defaultCurrency?.toLowerCase())
  const sums = {
    order_count: byCurrency.reduce((sum, entry) => sum + entry.order_count, 0),
    total_spent: inDefault?.total_spent ?? 0,
  }
  return { ...sums, stats: { ...sums, by_currency: byCurrency } }
}
