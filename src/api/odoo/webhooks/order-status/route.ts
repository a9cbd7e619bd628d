import { resolveOrderReference } from "../../../../queries/find-order"
import { orderStatusAnswer } from "../../../../wire/order-status-event"
import { orderStatusBody } from "../../../../wire/schemas/order-webhooks"
import { validate } from "../../../../wire/validate"
import { ingestOrderStatusWorkflow } from "../../../../workflows/ingest-order-status/ingest-order-status"
import { idempotencyKeyOf } from "../../../utils/idempotency"
import { wireHandler } from "../../../utils/wire-handler"

/** Takes Odoo's webhooks about an order: confirmed, shipped, delivered, cancelled, invoiced, paid (contract 6). */
export const POST = wireHandler(async (request, response) => {
  const body = validate(orderStatusBody, request.body)
  const orderId = await resolveOrderReference(request.scope, body.order)
  const { result } = await ingestOrderStatusWorkflow(request.scope).run({ input: { ...body, orderId, key: idempotencyKeyOf(request) } })
  response.json(orderStatusAnswer(body.event_type, result))
})
