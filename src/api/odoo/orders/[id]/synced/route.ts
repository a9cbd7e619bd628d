import { findOrderId } from "../../../../../queries/find-order"
import { toOdooId } from "../../../../../wire/odoo-id"
import { orderSyncedBody } from "../../../../../wire/schemas/orders"
import { validate } from "../../../../../wire/validate"
import { syncOrderWorkflow } from "../../../../../workflows/change-order/sync-order"
import { wireHandler } from "../../../../utils/wire-handler"

/** Links an order to the sale order that Odoo has made of it (contract 3). */
export const POST = wireHandler(async (request, response) => {
  const body = validate(orderSyncedBody, request.body)
  const orderId = await findOrderId(request.scope, request.params.id ?? "")
  const { result: link } = await syncOrderWorkflow(request.scope).run({
    input: {
      orderId,
      odooId: body.odoo_order_id,
      odooName: body.odoo_order_name ?? null,
      syncedAt: body.synced_at ?? null,
      force: body.force ?? false,
    },
  })
  response.json({
    success: true,
    order_id: orderId,
    odoo_order_id: toOdooId(link.odoo_id),
    odoo_order_name: link.odoo_name,
    synced_at: new Date(link.synced_at).toISOString(),
  })
})
