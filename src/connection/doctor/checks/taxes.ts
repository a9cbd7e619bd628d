import { toAmount } from "../../../wire/money"
import { readSalesTaxes, type OdooTax } from "../../sales-taxes"
import { mend, orWell, well, type Check, type CheckInput, type Finding, type ShopTax } from "../check"

const inWords = (isInclusive: boolean) => (isInclusive ? "included in prices" : "on top of prices")

function taxFault({ rate, isInclusive }: ShopTax, odooTaxes: readonly OdooTax[]): Finding[] {
  const said = `${rate} %, ${inWords(isInclusive)}`
  return odooTaxes.some((known) => toAmount(known.rate).isEqualTo(toAmount(rate)))
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
  const odooTaxes = await readSalesTaxes(input.client, input.options.companyId)
  return orWell(wanted.flatMap((tax) => taxFault(tax, odooTaxes)), well("taxes", "Odoo has a sales tax for each tax rate of the shop."))
}

/** A sales tax of Odoo's for each rate of the shop. */
export const taxes: Check = { name: "taxes", run }
