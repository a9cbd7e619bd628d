import { isObject } from "../../../wire/redact"
import { currencyDecimals } from "../../../wire/money"
import type { OdooRecord } from "../../../odoo-client"
import { mend, named, orWell, well, type Check, type CheckInput, type Finding } from "../check"
import { missingForPricelists } from "./rights"

/** The currencies of the shop that Odoo has, also those that are switched off. */
async function odooCurrencies({ client, shop }: CheckInput): Promise<ReadonlyMap<unknown, OdooRecord>> {
  const rows = await client.searchRead("res.currency", {
    domain: [["name", "in", shop.currencies]],
    fields: ["name", "active", "decimal_places"],
    context: { active_test: false },
  })
  return new Map(rows.map((row) => [row.name, row]))
}

function currencyFault(code: string, currency: OdooRecord | undefined): Finding[] {
  const decimals = currencyDecimals(code)
  const place = "in Odoo, under Accounting, Configuration, Currencies"
  if (currency === undefined) {
    return [mend("currencies", `Odoo has no currency ${code}.`, `Make it ${place}.`)]
  }
  if (currency.active !== true) {
    return [mend("currencies", `The currency ${code} is switched off in Odoo.`, `Activate it ${place}, or run setup-odoo.`)]
  }
  if (currency.decimal_places !== decimals) {
    const rounding = decimals === 0 ? "1" : `0.${"1".padStart(decimals, "0")}`
    const sentence = `The currency ${code} has ${String(currency.decimal_places)} decimals in Odoo, and ${String(decimals)} in the shop.`
    return [mend("currencies", sentence, `Set its rounding factor to ${rounding} ${place}.`)]
  }
  return []
}

/** The currencies of the shop in Odoo, with their decimals. */
export const currencies: Check = {
  name: "currencies",
  run: async (input) => {
    const known = await odooCurrencies(input)
    const faults = input.shop.currencies.flatMap((code) => currencyFault(code, known.get(code)))
    return orWell(faults, well("currencies", `Odoo has the currencies of the shop: ${named(input.shop.currencies)}.`))
  },
}

async function pricelistFaults({ client, shop }: CheckInput): Promise<Finding[]> {
  const rows = await client.searchRead("product.pricelist", { domain: [["currency_id.name", "in", shop.currencies]], fields: ["currency_id"] })
  // a many2one is [id, name]
  const found = rows.map(({ currency_id: currency }): unknown => (Array.isArray(currency) ? currency[1] : undefined))
  const missing = shop.currencies.filter((code) => !found.includes(code))
  if (missing.length === 0) {
    return []
  }
  const group = await missingForPricelists(client)
  const who = group === null ? "" : ` The user of the shop needs the group "${group}" for it, or an administrator does it once.`
  return missing.map((code) => mend("pricelists", `Odoo has no pricelist in ${code}.`, `Run setup-odoo, or make one or bring one back from the archive in Odoo, under Sales, Products, Pricelists.${who}`))
}

/** A pricelist for each currency: a sale order has the currency of its pricelist. */
export const pricelists: Check = {
  name: "pricelists",
  run: async (input) => orWell(await pricelistFaults(input), well("pricelists", "Odoo has a pricelist in each currency of the shop.")),
}

/**
 * Whether Odoo rounds prices of order lines to fewer decimals than a currency has.
 * @param digits the digits of the field as Odoo describes it, all of them and those behind the point; another value where Odoo
 *   keeps a price as it is, as 19 does
 */
export function priceDecimalsFinding(digits: unknown, codes: readonly string[]): Finding {
  const kept: unknown = Array.isArray(digits) ? digits[1] : undefined
  const rounded = typeof kept === "number" ? codes.filter((code) => currencyDecimals(code) > kept) : []
  const most = Math.max(0, ...rounded.map(currencyDecimals))
  return rounded.length === 0
    ? well("price_decimals", "Odoo keeps all decimals of the prices.")
    : mend(
        "price_decimals",
        `Odoo rounds prices to ${String(kept)} decimals, and ${named(rounded)} has more.`,
        `Set "Product Price" to ${String(most)} digits in Odoo, under Settings, Technical, Decimal Accuracy.`
      )
}

/** The decimals that Odoo keeps of a price. */
export const priceDecimals: Check = {
  name: "price_decimals",
  run: async ({ client, shop }) => {
    const said = await client.call("sale.order.line", "fields_get", { allfields: ["price_unit"], attributes: ["digits"] })
    const field = isObject(said) ? said.price_unit : undefined
    return [priceDecimalsFinding(isObject(field) ? field.digits : undefined, shop.currencies)]
  },
}
