import { BigNumber } from "bignumber.js"

import { NOISE } from "../../wire/counts"
import { invalidInput } from "../../wire/errors"
import { currencyDecimals, roundToCurrency, toWireAmount, type AmountUnit } from "../../wire/money"
import type { AmountStatement, ProductItem } from "../../wire/product-statement"
import type { CatalogueVariant } from "./catalogue"
import type { PriceWrite } from "./writes"

/** The prices and costs of an item, with all currencies determined. */
export type Money = {
  /** prices without rules by currency; amounts with all digits, in major units */
  prices: ReadonlyMap<string, string>
  /** in the wire's unit, as the metadata stores them; null removes the value */
  compareAtPrice: number | null | undefined
  costPrice: number | null | undefined
}

function toMajor(amount: AmountStatement, currency: string, unit: AmountUnit, path: string): BigNumber {
  const value = new BigNumber(amount.value)
  if (amount.unit === "major" || unit === "major") {
    return roundToCurrency(value, currency)
  }
  // Odoo calculates in binary floating point: 1.005 times 1000 is 1004.9999999999999
  const whole = value.integerValue(BigNumber.ROUND_HALF_UP)
  if (value.minus(whole).abs().isGreaterThan(NOISE)) {
    throw invalidInput(path, `must be a whole number of ${currency.toUpperCase()}'s minor unit`)
  }
  return whole.shiftedBy(-currencyDecimals(currency))
}

/** The store's default currency, the currencies that Medusa knows, and the unit of the wire. */
type MoneyTerms = { currency_code: string | null; currencies: readonly string[]; amountUnit: AmountUnit }

/**
 * Reads the prices and costs of an item (contract 1, "Amounts"). For a currency in both, `prices` counts before `price`.
 * @throws WireError `VALIDATION_ERROR` for a fraction of a minor unit, a missing currency, or one that Medusa does not know
 */
export function readMoney(statement: ProductItem, terms: MoneyTerms): Money {
  const checkCurrency = (code: string, path: string) => {
    if (!terms.currencies.includes(code)) {
      throw invalidInput(path, `${code.toUpperCase()} is not a currency that the shop knows`)
    }
  }
  if (statement.currencyCode !== undefined) {
    checkCurrency(statement.currencyCode, "currency_code")
  }
  const unit = terms.amountUnit
  const currencyOf = (path: string) => {
    const currency = statement.currencyCode ?? terms.currency_code
    if (currency === null) {
      throw invalidInput(path, "needs a currency_code: the store has no default currency")
    }
    return currency
  }
  const inWireUnit = (amount: AmountStatement | null | undefined, path: string) => {
    if (amount === null || amount === undefined) {
      return amount
    }
    const currency = currencyOf(path)
    return toWireAmount(toMajor(amount, currency, unit, path), currency, unit)
  }
  const prices = new Map<string, string>()
  if (statement.price !== undefined) {
    const currency = currencyOf("price")
    prices.set(currency, toMajor(statement.price, currency, unit, "price").toFixed())
  }
  statement.prices?.forEach(({ currencyCode, amount }, index) => {
    checkCurrency(currencyCode, `prices[${String(index)}].currency_code`)
    prices.set(currencyCode, toMajor(amount, currencyCode, unit, `prices[${String(index)}].amount`).toFixed())
  })
  return {
    prices,
    compareAtPrice: inWireUnit(statement.compareAtPrice, "compare_at_price"),
    costPrice: inWireUnit(statement.costPrice, "cost_price"),
  }
}

/**
 * Finds the differing prices of a variant. Prices of other currencies, of price lists and with rules stay.
 * @returns the prices to write, and the present ones that they replace
 */
export function diffPrices(
  variant: Pick<CatalogueVariant, "prices">,
  wanted: ReadonlyMap<string, string>
): { prices: PriceWrite[]; previous: PriceWrite[] } {
  const present = new Map(variant.prices.map((price) => [price.currency_code, price]))
  const prices: PriceWrite[] = []
  const previous: PriceWrite[] = []
  for (const [currency_code, amount] of wanted) {
    const current = present.get(currency_code)
    if (current === undefined) {
      prices.push({ currency_code, amount })
    } else if (!new BigNumber(current.amount).isEqualTo(amount)) {
      prices.push({ id: current.id, currency_code, amount })
      previous.push({ id: current.id, currency_code, amount: current.amount })
    }
  }
  return { prices, previous }
}
