import { batchUpdateAnswer } from "../../../../wire/inventory-answers"
import { batchUpdateBody, readBatchUpdates } from "../../../../wire/schemas/inventory"
import { validate } from "../../../../wire/validate"
import { ingestInventory } from "../../../../workflows/ingest-inventory/ingest-inventory"
import { adminHandler } from "../../../utils/admin-handler"
import { receiptOf } from "../../../utils/idempotency"

/** Sets the stock of many SKUs, in the form of the older description of January (contract 5). */
export const POST = adminHandler(async (request, response) => {
  const { updates } = validate(batchUpdateBody, request.body)
  const outcomes = await ingestInventory(request.scope, { items: readBatchUpdates(updates), at: "updates", receipt: receiptOf(request) })
  response.json(batchUpdateAnswer(outcomes))
})
