import type { MedusaContainer, OrderLineItemDTO } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

const FIELDS = [
  "id",
  "items.*",
  "items.variant.manage_inventory",
  "items.variant.allow_backorder",
  "items.variant.inventory_items.required_quantity",
  "items.variant.inventory_items.inventory.id",
  "items.variant.inventory_items.inventory.title",
  "items.variant.inventory_items.inventory.sku",
]

/**
 * Reads lines of an order as Medusa's fulfillment workflow does, but without their products. The workflow accepts lines as
 * input, and compares shipping profiles only of lines with a product. Goods of a product without a shipping profile fit no
 * shipping option, and could not be fulfilled otherwise.
 */
export async function linesWithoutProduct(
  container: MedusaContainer,
  orderId: string,
  items: readonly { id: string; quantity: number }[]
): Promise<OrderLineItemDTO[]> {
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({ entity: "order", fields: FIELDS, filters: { id: orderId } })
  const [order] = data as { items: OrderLineItemDTO[] }[]
  return (order?.items ?? []).filter((line) => items.some(({ id }) => id === line.id))
}
