import type { SaleOrder } from "./sale-order"
import type { Session } from "./session"

/**
 * Tells the salesperson something by a note at the sale order, once.
 * @param key tells the note from others; it stands at its end
 */
export async function noteOnce({ client }: Session, saleOrder: SaleOrder, key: string, text: string): Promise<void> {
  const known = (await client.call("mail.message", "search_count", {
    domain: [["model", "=", "sale.order"], ["res_id", "=", saleOrder.id], ["body", "ilike", `(${key})`]],
  })) as number
  if (known === 0) {
    await client.call("sale.order", "message_post", { ids: [saleOrder.id], body: `${text} (${key})` })
  }
}
