import { deleteInventoryItemWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { selectAdoptableRecords, type AdoptableRecord } from "../../read-model/inventory/select-adoptable-records"
import { selectInventoryLevels } from "../../read-model/inventory/select-inventory-levels"
import { applyStock } from "../stock-levels/apply-stock"
import { timeOf } from "../stock-levels/levels"

/** `skus`: the SKUs whose stock may be adopted; all where it is missing. */
export type AdoptStockRecordsInput = { skus?: string[] }

/** Two calls at once would both move the same stock, and the second would overwrite later changes. */
const LOCK = "odoo:adopt-stock-records"

const LOCK_TIMEOUT_S = 30

async function moveStock(container: MedusaContainer, records: readonly AdoptableRecord[]): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const recordOf = new Map(records.map((record) => [record.kept_item_id, record]))
  const levels = await selectInventoryLevels(db, [...recordOf.keys()])
  const statements = levels.flatMap((level) => {
    const record = recordOf.get(level.inventory_item_id)
    return record === undefined
      ? []
      : {
          sku: record.sku,
          itemId: record.own_item_id,
          locationId: level.location_id,
          adjustment: "absolute" as const,
          quantityIs: "on_hand" as const,
          quantity: Number(level.stocked_quantity),
          statedAt: timeOf(level.stated_at),
        }
  })
  await applyStock(container, statements)
}

/**
 * Moves the stock that the plugin keeps for SKUs without a variant to the inventory items of their variants, where these exist by
 * now.
 * @returns the SKUs whose stock moved
 */
export async function adoptStockRecords(container: MedusaContainer, skus: readonly string[] | null): Promise<string[]> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { stock } = container.resolve<OdooModuleService>(ODOO_MODULE)
  // few of many new SKUs are kept, and this query is faster than the one for adoptable records
  const kept = skus === null ? null : await stock.keptAmong(skus)
  if (kept?.length === 0) {
    return []
  }
  const adopt = async () => {
    const records = await selectAdoptableRecords(db, kept)
    if (records.length > 0) {
      await moveStock(container, records)
      await stock.remove(records.map(({ id }) => id))
      await deleteInventoryItemWorkflow(container).run({ input: records.map(({ kept_item_id }) => kept_item_id) })
    }
    return records.map(({ sku }) => sku)
  }
  if ((await selectAdoptableRecords(db, kept)).length === 0) {
    return []
  }
  return await container.resolve(Modules.LOCKING).execute(LOCK, adopt, { timeout: LOCK_TIMEOUT_S })
}

/** No compensation: the stock is at the right item. */
const adoptStockRecordsStep = createStep(
  "odoo-adopt-stock-records-step",
  async (input: AdoptStockRecordsInput, { container }) =>
    new StepResponse({ adopted: await adoptStockRecords(container, input.skus ?? null) })
)

export const adoptStockRecordsWorkflowId = "odoo-adopt-stock-records"

/** Gives new variants the stock that Odoo has sent for their SKUs before. */
export const adoptStockRecordsWorkflow = createWorkflow(adoptStockRecordsWorkflowId, (input: AdoptStockRecordsInput) => {
  return new WorkflowResponse(adoptStockRecordsStep(input))
})
