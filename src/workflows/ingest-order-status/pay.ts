import {
  capturePaymentWorkflow,
  createOrderPaymentCollectionWorkflow,
  markPaymentCollectionAsPaid,
} from "@medusajs/medusa/core-flows"

import { toAmount } from "../../wire/money"
import { orConflict } from "../change-order/refusal"
import type { Effect, EffectContext } from "./effect"
import { readOrderState, type OrderState, type Payment, type PaymentCollection } from "./order-state"

/** Captures what of a payment is not captured yet. */
async function capture({ container, done }: EffectContext, payment: Payment): Promise<void> {
  const captured = payment.captures.reduce((sum, part) => sum.plus(toAmount(part.amount)), toAmount(0))
  const rest = toAmount(payment.amount).minus(captured)
  if (payment.captured_at !== null || rest.isLessThanOrEqualTo(0)) {
    return
  }
  await orConflict(() =>
    // without an amount Medusa takes the whole of it, which a payment that is captured in part refuses
    capturePaymentWorkflow(container).run({
      input: { payment_id: payment.id, ...(captured.isZero() ? {} : { amount: rest.toFixed() }) },
    })
  )
  done.add("paid")
}

/** Captures the payments of a collection; one that the shopper has not begun to pay is marked as paid. */
async function settle(context: EffectContext, collection: PaymentCollection): Promise<void> {
  const { container, orderId, done } = context
  const payments = collection.payments.filter((payment) => payment.canceled_at === null)
  for (const payment of payments) {
    await capture(context, payment)
  }
  if (payments.length === 0 && toAmount(collection.amount).isGreaterThan(0)) {
    await orConflict(() =>
      markPaymentCollectionAsPaid(container).run({ input: { order_id: orderId, payment_collection_id: collection.id } })
    )
    done.add("paid")
  }
}

const liveCollections = (order: OrderState) => order.payment_collections.filter((collection) => collection.status !== "canceled")

/** `order.paid`: what was authorised is captured, and what was to be paid by other ways counts as paid (contract 6). */
export const pay: Effect = async (context) => {
  const { container, orderId } = context
  const order = await readOrderState(container, orderId)
  if (liveCollections(order).length === 0 && toAmount(order.summary.pending_difference).isGreaterThan(0)) {
    await orConflict(() =>
      createOrderPaymentCollectionWorkflow(container).run({
        input: { order_id: orderId, amount: toAmount(order.summary.pending_difference).toNumber() },
      })
    )
  }
  for (const collection of liveCollections(await readOrderState(container, orderId))) {
    await settle(context, collection)
  }
}
