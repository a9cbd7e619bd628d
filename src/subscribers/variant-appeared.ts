import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys, ProductVariantWorkflowEvents } from "@medusajs/framework/utils"

import { selectKeptSkusOfVariants } from "../modules/odoo/sql/select-kept-skus"
import { adoptStockRecordsWorkflow } from "../workflows/stock-records/adopt-stock-records"

/** A variant was made, or got another SKU: it may be one of which Odoo has told the stock before (contract 6). */
export default async function variantAppeared({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const skus = await selectKeptSkusOfVariants(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), [event.data.id])
  if (skus.length > 0) {
    await adoptStockRecordsWorkflow(container).run({ input: { skus } })
  }
}

export const config: SubscriberConfig = {
  event: [ProductVariantWorkflowEvents.CREATED, ProductVariantWorkflowEvents.UPDATED],
  context: { subscriberId: "odoo-variant-appeared" },
}
