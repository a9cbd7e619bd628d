import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import type { Link, RecordKind } from "../../modules/odoo/types"
import { toOdooId } from "../../wire/odoo-id"

/**
 * Writes a link into the metadata of Medusa's record, for Medusa's own lists and for people. Our table stays what
 * counts; metadata that says the same already is not written again. The service is used and not the workflow,
 * because that one refuses canceled orders.
 */
export async function mirrorLink(container: MedusaContainer, kind: RecordKind, link: Link): Promise<void> {
  if (kind !== "order") {
    return
  }
  const orders = container.resolve(Modules.ORDER)
  const order = await orders.retrieveOrder(link.record_id, { select: ["id", "metadata"] })
  const mirrored = {
    odoo_synced: true,
    odoo_order_id: toOdooId(link.odoo_id),
    odoo_sync_date: link.synced_at.toISOString(),
  }
  const present = order.metadata ?? {}
  if (Object.entries(mirrored).some(([key, value]) => present[key] !== value)) {
    await orders.updateOrders(order.id, { metadata: { ...present, ...mirrored } })
  }
}
