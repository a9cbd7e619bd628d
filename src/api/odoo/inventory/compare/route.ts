import { compareStockBody, readCompareItems } from "../../../../wire/schemas/inventory"
import { validate } from "../../../../wire/validate"
import { compareInventoryWorkflow } from "../../../../workflows/compare-inventory/compare-inventory"
import { receiptOf } from "../../../utils/idempotency"
import { wireHandler } from "../../../utils/wire-handler"

/** Says where the shop's stock differs from Odoo's counts, and sets it to them where that is asked for. */
export const POST = wireHandler(async (request, response) => {
  const { items, apply = false } = validate(compareStockBody, request.body)
  const { result } = await compareInventoryWorkflow(request.scope).run({
    input: { items: readCompareItems(items), apply, receipt: receiptOf(request) },
  })
  response.json(result)
})
