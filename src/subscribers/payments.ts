import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys, PaymentEvents } from "@medusajs/framework/utils"

import { selectOrdersOf } from "../modules/odoo/sql/select-orders-of"
import { followHint } from "../workflows/capture/follow-hint"

/** A hint that an order was paid, or its payment given back. */
export default async function paymentHinted({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await followHint(container, { orders: await selectOrdersOf(db, "payment", event.data.id) })
}

export const config: SubscriberConfig = {
  event: Object.values(PaymentEvents),
  context: { subscriberId: "odoo-payments" },
}
