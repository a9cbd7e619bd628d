import type { Text } from "./address"
import { fulfillmentLines, type FulfillmentItemSource, type StockedLine } from "./fulfillment-lines"
import { isNothing, sumOf, toAmount, toWireAmount, type AmountUnit } from "./money"
import { orderDocument, wireTime, type LinkSource, type OrderSource } from "./order-document"
import type { AmountSource } from "./rounded-amounts"

type Time = Date | string | null | undefined

export type RefundSource = {
  id: string
  amount: AmountSource
  note?: Text
  created_at: Date | string
  refund_reason?: { label?: Text } | null
}

export type PaymentSource = {
  id: string
  provider_id: string
  amount: AmountSource
  captured_at?: Time
  canceled_at?: Time
  captures?: { amount: AmountSource }[] | null
  refunds?: RefundSource[] | null
}

export type FulfillmentSource = {
  id: string
  shipped_at?: Time
  delivered_at?: Time
  canceled_at?: Time
  labels?: { tracking_number: string; tracking_url: string }[] | null
  items?: FulfillmentItemSource[] | null
}

/** The data of a single order, beyond that of an order in a list. */
export type OrderDetailSource = OrderSource & {
  payment_collections?: ({ payments?: (PaymentSource | null)[] | null } | null)[] | null
  fulfillments?: (FulfillmentSource | null)[] | null
}

const optionalTime = (value: Time) => (value ? wireTime(value) : null)

const present = <T>(values: readonly (T | null)[] | null | undefined): T[] =>
  (values ?? []).filter((value): value is T => value !== null)

/** The sum of captures or refunds, without those that count as 0. */
const totalOf = (parts: PaymentSource["captures"]) => sumOf((parts ?? []).map(({ amount }) => toAmount(amount)).filter((amount) => !isNothing(amount)))

export type PaymentStatus = "authorized" | "partially_captured" | "captured" | "partially_refunded" | "refunded" | "canceled"

/** The status of a payment, which Medusa does not store: derived from captures, refunds and cancellation. */
export function paymentStatus(payment: PaymentSource): PaymentStatus {
  const captured = totalOf(payment.captures)
  const refunded = totalOf(payment.refunds)
  if (refunded.isPositive() && !isNothing(refunded)) {
    return refunded.isLessThan(captured) && !isNothing(captured.minus(refunded)) ? "partially_refunded" : "refunded"
  }
  if (payment.captured_at) {
    return "captured"
  }
  if (payment.canceled_at) {
    return "canceled"
  }
  return isNothing(captured) ? "authorized" : "partially_captured"
}

function fulfillmentDocument(fulfillment: FulfillmentSource, lines: readonly (StockedLine & { variant_sku?: Text })[]) {
  return {
    id: fulfillment.id,
    shipped_at: optionalTime(fulfillment.shipped_at),
    delivered_at: optionalTime(fulfillment.delivered_at),
    canceled_at: optionalTime(fulfillment.canceled_at),
    tracking: (fulfillment.labels ?? []).map((label) => ({ number: label.tracking_number, url: label.tracking_url })),
    items: [...fulfillmentLines(fulfillment.items ?? [], lines)].map(([id, quantity]) => ({
      line_item_id: id,
      sku: lines.find((line) => line.id === id)?.variant_sku ?? "",
      quantity,
    })),
  }
}

/**
 * The single order on the wire (contract 2): the order of the list, with its payments, fulfillments and refunds. Refunds are
 * positive amounts.
 * @param link the link to Odoo; null where there is none
 * @param unit whether amounts are integers of the minor unit or decimals of the major unit
 */
export function orderDetail(order: OrderDetailSource, link: LinkSource | null, unit: AmountUnit) {
  const amount = (value: AmountSource) => toWireAmount(toAmount(value), order.currency_code, unit)
  const payments = present(order.payment_collections).flatMap((collection) => present(collection.payments))
  return {
    ...orderDocument(order, link, unit),
    payments: payments.map((payment) => ({
      id: payment.id,
      provider_id: payment.provider_id,
      amount: amount(payment.amount),
      status: paymentStatus(payment),
      captured_at: optionalTime(payment.captured_at),
    })),
    fulfillments: present(order.fulfillments).map((fulfillment) => fulfillmentDocument(fulfillment, order.items ?? [])),
    refunds: payments.flatMap((payment) =>
      (payment.refunds ?? []).map((refund) => ({
        id: refund.id,
        payment_id: payment.id,
        amount: amount(refund.amount),
        reason: refund.refund_reason?.label ?? null,
        note: refund.note ?? null,
        created_at: wireTime(refund.created_at),
      }))
    ),
  }
}

/** The single order on the wire. */
export type OrderDetail = ReturnType<typeof orderDetail>
