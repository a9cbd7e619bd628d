import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, ProductVariantWorkflowEvents } from "@medusajs/framework/utils"

import { selectKeptSkusOfVariants } from "../read-model/inventory/select-kept-skus-of-variants"
import { Batcher } from "../utils/batcher"
import { adoptStockRecordsWorkflow } from "../workflows/stock-records/adopt-stock-records"

/** The largest number of variants in one query. */
const VARIANTS_AT_ONCE = 1000

/** Gives variants the stock that the plugin keeps for their SKUs. */
async function adoptStock(container: MedusaContainer, db: Knex, variantIds: readonly string[]): Promise<Map<string, PromiseSettledResult<undefined>>> {
  const skus = await selectKeptSkusOfVariants(db, variantIds)
  if (skus.length > 0) {
    await adoptStockRecordsWorkflow(container).run({ input: { skus } })
  }
  return new Map(variantIds.map((id) => [id, { status: "fulfilled", value: undefined }]))
}

/** Medusa emits an event for each variant. The batcher reads many of them in one SQL statement. One batcher for each database. */
const batchers = new WeakMap<Knex, Batcher<string, undefined>>()

/** Handles a variant that was created or updated: Odoo may have sent stock for its SKU before (contract 6). */
export default async function variantAppeared({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const batcher = batchers.get(db) ?? new Batcher((ids) => adoptStock(container, db, ids), VARIANTS_AT_ONCE)
  batchers.set(db, batcher)
  await batcher.do(event.data.id)
}

export const config: SubscriberConfig = {
  event: [ProductVariantWorkflowEvents.CREATED, ProductVariantWorkflowEvents.UPDATED],
  context: { subscriberId: "odoo-variant-appeared" },
}
