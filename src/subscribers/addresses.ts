import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectCustomersOfAddress } from "../modules/odoo/sql/select-customers-of"
import { followHint } from "../workflows/capture/follow-hint"

/** A hint that an address of a customer is new, has changed or is gone: Medusa's workflows tell nothing of it, its module does. */
export default async function addressHinted({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await followHint(container, { customers: await selectCustomersOfAddress(db, event.data.id) })
}

export const config: SubscriberConfig = {
  event: ["created", "updated", "deleted"].map((action) => `customer.customer-address.${action}`),
  context: { subscriberId: "odoo-addresses" },
}
