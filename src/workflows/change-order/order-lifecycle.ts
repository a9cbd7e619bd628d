import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** The members of an order that decide whether it can still be changed. */
export type OrderLifecycle = { status: string; is_draft_order?: boolean | null; canceled_at?: Date | string | null }

/** Whether an order is a draft, canceled or placed. A canceled order that was archived later is still canceled. */
export function lifecycleStateOf({ status, is_draft_order: isDraft, canceled_at: canceledAt }: OrderLifecycle): "draft" | "canceled" | "placed" {
  if (isDraft || status === "draft") {
    return "draft"
  }
  return canceledAt || status === "canceled" ? "canceled" : "placed"
}

/** Reads the members of an order that {@link lifecycleStateOf} needs. */
export async function readLifecycle(container: MedusaContainer, orderId: string): Promise<OrderLifecycle & { id: string }> {
  return await container.resolve(Modules.ORDER).retrieveOrder(orderId, { select: ["id", "status", "is_draft_order", "canceled_at"] })
}
