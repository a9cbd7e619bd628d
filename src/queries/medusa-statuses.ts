import { defaultCurrencies, getEpsilonFromDecimalPrecision, MathBN } from "@medusajs/framework/utils"

/** An amount as it is given to `MathBN`. */
type Amount = Parameters<typeof MathBN.gt>[0]

/** The data from which the payment status of an order is derived. */
export type PaidOrder = {
  currency_code: string
  payment_collections: readonly { status: string; amount: Amount; captured_amount: Amount | null; refunded_amount: Amount | null }[]
}

/** The data from which the fulfillment status of an order is derived. */
export type SentOrder = {
  fulfillments: readonly Partial<Record<"packed_at" | "shipped_at" | "delivered_at" | "canceled_at", unknown>>[]
  items: readonly { raw_quantity: Amount; detail: { raw_fulfilled_quantity: Amount } }[]
}

/** 1 where a part is the whole amount, except for less than the currency's smallest unit; 0.5 for a smaller part. */
const share = (part: Amount, whole: Amount, epsilon: Amount) => (MathBN.lte(MathBN.sub(whole, part), epsilon) ? 1 : 0.5)

/**
 * The payment status of an order, derived as in Medusa. For versions of Medusa that do not export their own function; a test compares
 * the two.
 */
export function paymentStatusOf({ currency_code: currency, payment_collections: collections }: PaidOrder): string {
  const digits = (defaultCurrencies as Partial<typeof defaultCurrencies>)[currency.toUpperCase()]?.decimal_digits
  const epsilon = getEpsilonFromDecimalPrecision(digits)
  let captured = 0
  let refunded = 0
  for (const { amount, captured_amount, refunded_amount } of collections) {
    if (MathBN.gt(captured_amount ?? 0, 0) || MathBN.eq(amount, 0)) {
      captured += share(captured_amount ?? 0, amount, epsilon)
    }
    if (MathBN.gt(refunded_amount ?? 0, 0)) {
      refunded += share(refunded_amount ?? 0, amount, epsilon)
    }
  }
  const count = (status: string) => collections.filter((collection) => collection.status === status).length
  // a collection whose stored status is captured or refunded counts once more, as in Medusa
  captured += count("captured")
  refunded += count("refunded")
  const live = collections.length - count("canceled")
  const partly = (found: number, whole: string) => (found === live ? whole : `partially_${whole}`)
  if (count("requires_action") > 0) {
    return "requires_action"
  }
  if (refunded > 0) {
    return refunded === captured ? "refunded" : "partially_refunded"
  }
  if (captured > 0) {
    return partly(captured, "captured")
  }
  if (count("authorized") > 0) {
    return partly(count("authorized"), "authorized")
  }
  if (collections.length > 0 && live === 0) {
    return "canceled"
  }
  return count("awaiting") > 0 ? "awaiting" : "not_paid"
}

/** The times of a fulfillment, the latest stage first, and the status of the order at that stage. */
const STAGES = [
  ["delivered_at", "delivered"],
  ["shipped_at", "shipped"],
  ["packed_at", "fulfilled"],
] as const

/** The fulfillment status of an order, derived as in Medusa; see {@link paymentStatusOf}. */
export function fulfillmentStatusOf({ fulfillments, items }: SentOrder): string {
  const live = fulfillments.filter(({ canceled_at: canceled }) => !canceled)
  const isWhole = !items.some(({ raw_quantity, detail }) => MathBN.lt(detail.raw_fulfilled_quantity, raw_quantity))
  const furthest = live.map((fulfillment) => STAGES.find(([time]) => fulfillment[time])?.[1])
  for (const [, status] of STAGES) {
    const found = furthest.filter((reached) => reached === status).length
    if (found > 0) {
      return found === live.length && isWhole ? status : `partially_${status}`
    }
  }
  return fulfillments.length > 0 && live.length === 0 ? "canceled" : "not_fulfilled"
}
