import { findOrderId } from "../../../../queries/find-order"
import { readOrder } from "../../../../queries/read-orders"
import { patchOrderBody } from "../../../../wire/schemas/orders"
import { validate } from "../../../../wire/validate"
import { patchOrderWorkflow } from "../../../../workflows/change-order/patch-order"
import { wireHandler } from "../../../utils/wire-handler"

/** Shows one order with its payments, fulfillments and refunds (contract 2). */
export const GET = wireHandler(async (request, response) => {
  const orderId = await findOrderId(request.scope, request.params.id ?? "")
  response.json({ order: await readOrder(request.scope, orderId) })
})

/** Changes an order as Odoo asks for: its status, its link, its metadata (contract 3). */
export const PATCH = wireHandler(async (request, response) => {
  const body = validate(patchOrderBody, request.body)
  const orderId = await findOrderId(request.scope, request.params.id ?? "")
  await patchOrderWorkflow(request.scope).run({ input: { ...body, orderId } })
  const order = await readOrder(request.scope, orderId)
  response.json({ success: true, order_id: orderId, order, metadata: order.metadata })
})
