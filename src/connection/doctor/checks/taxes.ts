import type { Domain } from "../../../odoo-client"
import { toAmount } from "../../../wire/money"
import { mend, orWell, well, type Check, type CheckInput, type Finding, type ShopTax } from "../check"

const inWords = (isInclusive: boolean) => (isInclusive ? "included in prices" : "on top of prices")

/** The rates of Odoo's active sales taxes in percent. */
async function odooRates({ client, options }: CheckInput): Promise<number[]> {
  const company: Domain = options.companyId === undefined ? [] : [["company_id", "=", options.companyId]]
  const rows = await client.searchRead("account.tax", {
    domain: [["type_tax_use", "=", "sale"], ["amount_type", "=", "percent"], ...company],
    fields: ["amount"],
  })
  return rows.map(({ amount }) => Number(amount))
}

function taxFault({ rate, isInclusive }: ShopTax, rates: readonly number[]): Finding[] {
  const said = `${rate} %, ${inWords(isInclusive)}`
  return rates.some((known) => toAmount(known).isEqualTo(toAmount(rate)))
    ? []
    : [
        mend(
          "taxes",
          `Odoo has no sales tax for the shop's tax of ${said}.`,
          `Make or activate a sales tax of ${said}, computed as a percentage of the price, in Odoo, under Accounting, Configuration, Taxes.`
        ),
      ]
}

async function run(input: CheckInput): Promise<Finding[]> {
  const { taxes: wanted } = input.shop
  if (wanted.length === 0) {
    return [well("taxes", "The shop has no taxes that need one in Odoo.")]
  }
  const rates = await odooRates(input)
  return orWell(wanted.flatMap((tax) => taxFault(tax, rates)), well("taxes", "Odoo has a sales tax for each tax rate of the shop."))
}

/** A sales tax of Odoo's for each rate of the shop. */
export const taxes: Check = { name: "taxes", run }
