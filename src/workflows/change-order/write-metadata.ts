import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** Reads the metadata of an order; empty where it has none. */
export async function readMetadata(container: MedusaContainer, orderId: string): Promise<Record<string, unknown>> {
  const order = await container.resolve(Modules.ORDER).retrieveOrder(orderId, { select: ["id", "metadata"] })
  return order.metadata ?? {}
}

/**
 * Merges members into an order's metadata. Null removes a member, and equal members are not written again. Medusa's service is
 * used, which merges, and removes a member for an empty text; Medusa's workflow refuses canceled orders.
 */
export async function writeMetadata(
  container: MedusaContainer,
  orderId: string,
  changes: Readonly<Record<string, unknown>>
): Promise<void> {
  const present = await readMetadata(container, orderId)
  const differing = Object.entries(changes).filter(([key, value]) => JSON.stringify(present[key] ?? null) !== JSON.stringify(value))
  if (differing.length > 0) {
    const metadata = Object.fromEntries(differing.map(([key, value]) => [key, value === null ? "" : value]))
    await container.resolve(Modules.ORDER).updateOrders(orderId, { metadata })
  }
}
