import { bulkUpdateAnswer } from "../../../../wire/inventory-answers"
import { bulkUpdateBody, readBulkUpdateItems } from "../../../../wire/schemas/inventory"
import { validate } from "../../../../wire/validate"
import { ingestInventory } from "../../../../workflows/ingest-inventory/ingest-inventory"
import { receiptOf } from "../../../utils/idempotency"
import { wireHandler } from "../../../utils/wire-handler"

/** Sets the stock of many SKUs (contract 5). */
export const POST = wireHandler(async (request, response) => {
  const { items } = validate(bulkUpdateBody, request.body)
  const outcomes = await ingestInventory(request.scope, { items: readBulkUpdateItems(items), receipt: receiptOf(request) })
  response.json(bulkUpdateAnswer(outcomes))
})
