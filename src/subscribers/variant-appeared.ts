import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, ProductVariantWorkflowEvents } from "@medusajs/framework/utils"

import { selectKeptSkusOfVariants } from "../modules/odoo/sql/select-kept-skus"
import { Gathering } from "../utils/gathering"
import { adoptStockRecordsWorkflow } from "../workflows/stock-records/adopt-stock-records"

/** How many variants are asked for at once. */
const VARIANTS_AT_ONCE = 1000

/** Looks whether stock is kept of variants' SKUs, and gives it to them. */
async function look(container: MedusaContainer, db: Knex, variantIds: readonly string[]): Promise<PromiseSettledResult<undefined>[]> {
  const skus = await selectKeptSkusOfVariants(db, variantIds)
  if (skus.length > 0) {
    await adoptStockRecordsWorkflow(container).run({ input: { skus } })
  }
  return variantIds.map(() => ({ status: "fulfilled", value: undefined }))
}

/** Medusa tells of each variant by itself: of a thousand that one push has changed, one statement asks. By the database. */
const gatherings = new WeakMap<Knex, Gathering<string, undefined>>()

/** A variant was made, or got another SKU: it may be one of which Odoo has told the stock before (contract 6). */
export default async function variantAppeared({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const gathering = gatherings.get(db) ?? new Gathering((ids) => look(container, db, ids), VARIANTS_AT_ONCE)
  gatherings.set(db, gathering)
  await gathering.do(event.data.id)
}

export const config: SubscriberConfig = {
  event: [ProductVariantWorkflowEvents.CREATED, ProductVariantWorkflowEvents.UPDATED],
  context: { subscriberId: "odoo-variant-appeared" },
}
