import { BigNumber } from "@medusajs/framework/utils"
import * as coreFlows from "@medusajs/medusa/core-flows"

import type { StoredCollection, StatusSource } from "../wire/stored-order"
import { fulfillmentStatusOf, paymentStatusOf } from "./medusa-statuses"

/** Medusa's own helpers, which older versions do not export. */
const { getLastPaymentStatus, getLastFulfillmentStatus } = coreFlows as Partial<typeof coreFlows>

/** The parameter of Medusa's own helpers: a whole order, of which they read a few members. */
type MedusaOrder = Parameters<typeof coreFlows.getLastPaymentStatus>[0]

/** An amount as Medusa's API shows it: tiny remainders of divisions become 0 (`MEDUSA_EPSILON`). */
const givenOut = (amount: string) => new BigNumber(amount).numeric

const givenOutIfAny = (amount: string | null) => (amount === null ? null : givenOut(amount))

const collectionOf = ({ status, amount, captured_amount: captured, refunded_amount: refunded }: StoredCollection) => ({
  status,
  amount: givenOut(amount),
  captured_amount: givenOutIfAny(captured),
  refunded_amount: givenOutIfAny(refunded),
})

/** The data from which the statuses of an order are derived, in the form of Medusa's helpers. */
export const statusInput = (order: StatusSource) => ({
  ...order,
  payment_collections: order.payment_collections.map(collectionOf),
  items: order.items.map(({ quantity, detail }) => ({
    raw_quantity: { value: quantity },
    detail: { raw_fulfilled_quantity: { value: detail.fulfilled_quantity } },
  })),
})

/** The payment and the fulfillment status of an order, which Medusa does not store. Medusa's own helpers derive them, where Medusa exports these. */
export function derivedStatuses(order: StatusSource) {
  const whole = statusInput(order)
  return {
    payment_status: getLastPaymentStatus?.(whole as MedusaOrder) ?? paymentStatusOf(whole),
    fulfillment_status: getLastFulfillmentStatus?.(whole as MedusaOrder) ?? fulfillmentStatusOf(whole),
  }
}
