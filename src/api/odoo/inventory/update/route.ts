import { WireError } from "../../../../wire/errors"
import { updateStockAnswer } from "../../../../wire/inventory-answers"
import { updateStockBody } from "../../../../wire/schemas/inventory"
import { validate } from "../../../../wire/validate"
import { ingestInventory } from "../../../../workflows/ingest-inventory/ingest-inventory"
import { receiptOf } from "../../../utils/idempotency"
import { wireHandler } from "../../../utils/wire-handler"

/** Sets the stock of one SKU (contract 5). */
export const POST = wireHandler(async (request, response) => {
  const item = validate(updateStockBody, request.body)
  const [outcome] = await ingestInventory(request.scope, { items: [item], at: null, receipt: receiptOf(request) })
  if (outcome === undefined) {
    throw new WireError("INVENTORY_ERROR", "The stock could not be set.")
  }
  response.json(updateStockAnswer(outcome))
})
