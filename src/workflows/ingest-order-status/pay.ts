import {
  capturePaymentWorkflow,
  createOrderPaymentCollectionWorkflow,
  markPaymentCollectionAsPaid,
} from "@medusajs/medusa/core-flows"

import { isNothing, toAmount, type Amount } from "../../wire/money"
import { orConflict } from "../change-order/refusal"
import type { Effect, EffectContext } from "./effect"
import { loadOrder, type LoadedOrder, type Payment, type PaymentCollection } from "./load-order"

/** Whether an amount is to be paid. Remainders of divisions that are next to nothing are not. */
const isDue = (amount: Amount) => amount.isPositive() && !isNothing(amount)

/** Captures the part of a payment that is not captured yet. */
async function capture({ container, done }: EffectContext, payment: Payment): Promise<void> {
  const captured = payment.captures.reduce((sum, part) => sum.plus(toAmount(part.amount)), toAmount(0))
  const rest = toAmount(payment.amount).minus(captured)
  if (payment.captured_at !== null || !isDue(rest)) {
    return
  }
  await orConflict(() =>
    // without an amount Medusa captures the whole payment, which fails for one that is captured in part
    capturePaymentWorkflow(container).run({
      input: { payment_id: payment.id, ...(isNothing(captured) ? {} : { amount: rest.toFixed() }) },
    })
  )
  done.add("paid")
}

/** Captures the payments of a collection. A collection without payments is marked as paid. */
async function captureCollection(context: EffectContext, collection: PaymentCollection): Promise<void> {
  const { container, orderId, done } = context
  const payments = collection.payments.filter((payment) => payment.canceled_at === null)
  for (const payment of payments) {
    await capture(context, payment)
  }
  if (payments.length === 0 && isDue(toAmount(collection.amount))) {
    await orConflict(() =>
      markPaymentCollectionAsPaid(container).run({ input: { order_id: orderId, payment_collection_id: collection.id } })
    )
    done.add("paid")
  }
}

const liveCollections = (order: LoadedOrder) => order.payment_collections.filter((collection) => collection.status !== "canceled")

/** `order.paid`: authorized payments are captured, and the amount without a payment is marked as paid (contract 6). */
export const pay: Effect = async (context) => {
  const { container, orderId } = context
  const order = await loadOrder(container, orderId)
  if (liveCollections(order).length === 0 && isDue(toAmount(order.summary.pending_difference))) {
    await orConflict(() =>
      createOrderPaymentCollectionWorkflow(container).run({
        input: { order_id: orderId, amount: toAmount(order.summary.pending_difference).toNumber() },
      })
    )
  }
  for (const collection of liveCollections(await loadOrder(container, orderId))) {
    await captureCollection(context, collection)
  }
}
