import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { selectOrderSkus } from "../../read-model/orders/select-order-skus"
import type { Unreadable } from "../../wire/schemas/inventory"
import { findLinkedItems } from "../ingest-inventory/find-items"

/** An item that names goods of an order: by SKU, line or the id of the product in Odoo. */
type NamedItem = { sku?: string | undefined; lineItemId?: string | undefined; odooId?: string | undefined }

/** The id of the product in Odoo, where the item names no line of the order. */
const odooIdOf = (item: NamedItem | Unreadable) => ("unreadable" in item || item.lineItemId !== undefined ? undefined : item.odooId)

/** The SKUs of an order's lines, and those of the lines with an id in Odoo, by that id. */
async function skusOfOrder(container: MedusaContainer, orderId: string) {
  const lines = await selectOrderSkus(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), orderId)
  const byOdooId = new Map<string, Set<string>>()
  for (const { odoo_id: odooId, sku } of lines) {
    if (odooId !== null) {
      byOdooId.set(odooId, (byOdooId.get(odooId) ?? new Set()).add(sku))
    }
  }
  return { all: new Set(lines.map(({ sku }) => sku)), byOdooId }
}

/**
 * Adds the SKU to items that name a product by Odoo's id, unless a line of the order has the SKU that they name: the SKU of the
 * order's lines that show this id, also where their variant was deleted since; else the SKU of the variant that stores the id.
 * @param orderId Medusa's id
 * @returns the items in their order; an item without a SKU is unreadable where its id leads to none, or to several
 */
export async function withSkus<T extends NamedItem>(
  container: MedusaContainer,
  orderId: string,
  items: readonly (T | Unreadable)[]
): Promise<(T | Unreadable)[]> {
  const odooIds = [...new Set(items.flatMap((item) => odooIdOf(item) ?? []))]
  if (odooIds.length === 0) {
    return [...items]
  }
  const { all, byOdooId } = await skusOfOrder(container, orderId)
  const linked = await findLinkedItems(container, odooIds)
  return items.map((item) => {
    const odooId = odooIdOf(item)
    if (odooId === undefined || (item.sku && all.has(item.sku))) {
      return item
    }
    const [shown, ...others] = byOdooId.get(odooId) ?? []
    const sku = (others.length === 0 && shown) || item.sku || linked.get(odooId)?.sku
    return sku ? { ...item, sku } : { sku: "", unreadable: `odoo_product_id: no goods with a SKU, or more than one, have the id ${odooId}` }
  })
}
