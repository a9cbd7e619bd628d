import { addressDocument, text, type AddressSource, type Text } from "./address"
import { compareIds } from "./compare-ids"
import { toAmount, toWireAmount, type AmountUnit } from "./money"
import { toOdooId } from "./odoo-id"
import { nameInMetadata, wireTime, type LinkSource } from "./order-document"

/** What a customer document is made from: a customer of Medusa, with or without an account. */
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

/** What a customer has bought in one currency. */
export type SpendingSource = {
  currency_code: string
  order_count: number
  /** in major units; the orders' totals, each as the currency can express it, added up */
  total_spent: string
}

/**
 * The customer as the wire shows it where no statistics belong to it (contract 2 and 7). What a customer has not
 * told is an empty string.
 * @param link what Odoo calls the customer; null where Odoo has not said so yet
 */
export function customerDocument(customer: CustomerSource, link: Pick<LinkSource, "odoo_id" | "odoo_name" | "synced_at"> | null) {
  const odooId = link === null ? null : toOdooId(link.odoo_id)
  const syncedAt = link === null ? null : wireTime(link.synced_at)
  return {
    id: customer.id,
    // receivers search the partner by it, and mind the case
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

/** The customer as the wire shows it where no statistics belong to it. */
export type CustomerDocument = ReturnType<typeof customerDocument>

/**
 * What a customer has bought, as the wire shows it (contract 2).
 * @param spending one entry a currency; none for who has bought nothing
 * @param input.defaultCurrency the store's: `total_spent` is in it, and the other currencies are not converted
 * @param input.unit whether amounts are integers of the minor unit or decimals of the major one
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
