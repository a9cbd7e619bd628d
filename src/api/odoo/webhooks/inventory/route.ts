import { inventoryWebhookAnswer } from "../../../../wire/inventory-answers"
import { inventoryWebhookBody, readWebhookItems } from "../../../../wire/schemas/inventory"
import { validate } from "../../../../wire/validate"
import { ingestInventory } from "../../../../workflows/ingest-inventory/ingest-inventory"
import { receiptOf } from "../../../utils/idempotency"
import { wireHandler } from "../../../utils/wire-handler"

/** Takes Odoo's webhooks about stock: counts, or changes of counts (contract 6). */
export const POST = wireHandler(async (request, response) => {
  const { event_type: eventType, items } = validate(inventoryWebhookBody, request.body)
  const outcomes = await ingestInventory(request.scope, { items: readWebhookItems(items), receipt: receiptOf(request) })
  response.json(inventoryWebhookAnswer(eventType, outcomes))
})
