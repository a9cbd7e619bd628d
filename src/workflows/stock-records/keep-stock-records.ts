import { createInventoryItemsWorkflow, deleteInventoryItemWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { insertStockRecords } from "../../modules/odoo/sql/insert-stock-records"
import { selectIdleItems } from "../../modules/odoo/sql/select-idle-items"
import { selectStockItems } from "../../modules/odoo/sql/select-stock-items"

const waitsForVariant = (sku: string) =>
  `Stock that Odoo keeps of ${sku}. It moves to the variant with this SKU as soon as there is one.`

/**
 * Makes the inventory item that a deleted variant leaves behind a stock record, so that a shopkeeper can make the
 * variant again: Medusa refuses one whose SKU an item has. An item that is still reserved stays as it is.
 */
export async function keepDeletedStock(container: MedusaContainer, sku: string, itemId: string): Promise<void> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const idle = await selectIdleItems(db, [itemId])
  if (idle.length > 0 && (await insertStockRecords(db, [{ sku, inventory_item_id: itemId }])).length > 0) {
    await container
      .resolve(Modules.INVENTORY)
      .updateInventoryItems({ id: itemId, sku: null, description: waitsForVariant(sku) })
  }
}

/**
 * Makes stock records for SKUs that the catalogue does not know. The inventory item behind one has no SKU of its own:
 * Medusa refuses to make a variant whose SKU an inventory item has, and the shopkeeper is to make one.
 * @param unknown SKUs, each once, with what the product is called
 * @returns the inventory item of each SKU
 */
export async function keepStockRecords(
  container: MedusaContainer,
  unknown: readonly { sku: string; title: string | undefined }[]
): Promise<Map<string, string>> {
  const db = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { result: items } = await createInventoryItemsWorkflow(container).run({
    input: {
      items: unknown.map(({ sku, title }) => ({
        title: title ?? sku,
        description: waitsForVariant(sku),
      })),
    },
  })
  const made = items.flatMap(({ id }, index) => {
    const sku = unknown[index]?.sku
    return sku === undefined ? [] : { sku, inventory_item_id: id }
  })
  const written = await insertStockRecords(db, made)
  const kept = new Map(written.map(({ sku, inventory_item_id }) => [sku, inventory_item_id]))
  const late = made.filter(({ sku }) => !kept.has(sku))
  if (late.length > 0) {
    // another push was quicker
    await deleteInventoryItemWorkflow(container).run({ input: late.map(({ inventory_item_id }) => inventory_item_id) })
    for (const { sku, inventory_item_id } of await selectStockItems(db, late.map(({ sku }) => sku))) {
      kept.set(sku, inventory_item_id)
    }
  }
  return kept
}
