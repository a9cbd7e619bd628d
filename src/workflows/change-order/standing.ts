import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** What of an order says whether anything can still be done to it. */
export type Standing = { status: string; is_draft_order?: boolean | null; canceled_at?: Date | string | null }

/** Whether an order is a draft or canceled. One that was archived after it was canceled is canceled all the same. */
export function standingOf({ status, is_draft_order: isDraft, canceled_at: canceledAt }: Standing): "draft" | "canceled" | "placed" {
  if (isDraft || status === "draft") {
    return "draft"
  }
  return canceledAt || status === "canceled" ? "canceled" : "placed"
}

/** Reads of an order what {@link standingOf} looks at. */
export async function readStanding(container: MedusaContainer, orderId: string): Promise<Standing & { id: string }> {
  return await container.resolve(Modules.ORDER).retrieveOrder(orderId, { select: ["id", "status", "is_draft_order", "canceled_at"] })
}
