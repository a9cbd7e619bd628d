import { createInventoryItemsWorkflow, deleteInventoryItemWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { selectIdleItems } from "../../read-model/inventory/select-idle-items"
import { selectStockItems } from "../../read-model/inventory/select-stock-items"

const stockOf = (container: MedusaContainer) => container.resolve<OdooModuleService>(ODOO_MODULE).stock

const waitsForVariant = (sku: string) =>
  `Stock that Odoo keeps of ${sku}. It moves to the variant with this SKU as soon as there is one.`

/**
 * Turns the inventory item of a deleted variant into a stock record without a SKU, so that the variant can be created again:
 * Medusa refuses a variant whose SKU an inventory item has. An item with reservations stays as it is.
 */
export async function keepDeletedStock(container: MedusaContainer, sku: string, itemId: string): Promise<void> {
  const idle = await selectIdleItems(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), [itemId])
  if (idle.length > 0 && (await stockOf(container).keep([{ sku, inventory_item_id: itemId }])).length > 0) {
    await container
      .resolve(Modules.INVENTORY)
      .updateInventoryItems({ id: itemId, sku: null, description: waitsForVariant(sku) })
  }
}

/**
 * Creates stock records for SKUs that the catalogue does not have. The inventory item of a stock record has no SKU itself,
 * because Medusa refuses to create a variant whose SKU an inventory item has.
 * @param unknown the SKUs, each once, with the title of the product
 * @returns the inventory item of each SKU
 */
export async function keepStockRecords(
  container: MedusaContainer,
  unknown: readonly { sku: string; title: string | undefined }[]
): Promise<Map<string, string>> {
  const { result: items } = await createInventoryItemsWorkflow(container).run({
    input: {
      items: unknown.map(({ sku, title }) => ({
        title: title ?? sku,
        description: waitsForVariant(sku),
      })),
    },
  })
  // the description names the SKU, which the item does not have
  const byDescription = new Map(items.map(({ id, description }) => [description, id]))
  const made = unknown.flatMap(({ sku }) => {
    const id = byDescription.get(waitsForVariant(sku))
    return id === undefined ? [] : { sku, inventory_item_id: id }
  })
  const written = await stockOf(container).keep(made)
  const kept = new Map(written.map(({ sku, inventory_item_id }) => [sku, inventory_item_id]))
  const late = made.filter(({ sku }) => !kept.has(sku))
  if (late.length > 0) {
    // another push has created the stock record first
    await deleteInventoryItemWorkflow(container).run({ input: late.map(({ inventory_item_id }) => inventory_item_id) })
    for (const { sku, inventory_item_id } of await selectStockItems(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), late.map(({ sku }) => sku))) {
      kept.set(sku, inventory_item_id)
    }
  }
  return kept
}
