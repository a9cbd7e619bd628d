import { compareStockBody, readCompareItems } from "../../../../wire/schemas/inventory"
import { validate } from "../../../../wire/validate"
import { compareInventoryWorkflow } from "../../../../workflows/compare-inventory/compare-inventory"
import { receiptOf } from "../../../utils/idempotency"
import { wireHandler } from "../../../utils/wire-handler"

/** Reports where the shop's stock differs from Odoo's counts, and sets it to them where the request asks for that. */
export const POST = wireHandler(async (request, response) => {
  const { items, apply = false } = validate(compareStockBody, request.body)
  const { result } = await compareInventoryWorkflow(request.scope).run({
    input: { items: readCompareItems(items), apply, receipt: receiptOf(request) },
  })
  response.json(result)
})
