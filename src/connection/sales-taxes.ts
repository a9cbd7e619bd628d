import type { Domain, OdooClient } from "../odoo-client"

/** A sales tax of Odoo's; `rate` is in percent. */
export type OdooTax = { id: number; name: string; rate: string; isInclusive: boolean }

/** Reads Odoo's active sales taxes in percent, of the company where one is given, in the order in which Odoo shows them. */
export async function readSalesTaxes(client: OdooClient, companyId: number | undefined): Promise<OdooTax[]> {
  const company: Domain = companyId === undefined ? [] : [["company_id", "=", companyId]]
  const rows = await client.searchRead("account.tax", {
    domain: [["type_tax_use", "=", "sale"], ["amount_type", "=", "percent"], ...company],
    fields: ["name", "amount", "price_include"],
    order: "sequence, id",
  })
  return rows.map(({ id, name, amount, price_include: isInclusive }) => ({ id, name: String(name), rate: String(amount), isInclusive: isInclusive === true }))
}
