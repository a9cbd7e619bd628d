import { productWebhookAnswer } from "../../../../wire/product-answers"
import { productWebhookBody, readProductWebhook } from "../../../../wire/schemas/products"
import { validate } from "../../../../wire/validate"
import { ingestProductWebhookWorkflow } from "../../../../workflows/ingest-products/ingest-product-webhook"
import { wireHandler } from "../../../utils/wire-handler"

/** Takes Odoo's webhooks about a product that was created, changed or deleted (contract 6). */
export const POST = wireHandler(async (request, response) => {
  const item = readProductWebhook(validate(productWebhookBody, request.body))
  const { result } = await ingestProductWebhookWorkflow(request.scope).run({ input: { item } })
  response.json(productWebhookAnswer(result))
})
