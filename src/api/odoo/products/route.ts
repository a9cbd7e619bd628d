import { productAnswer } from "../../../wire/product-answers"
import { productBody } from "../../../wire/schemas/products"
import { validate } from "../../../wire/validate"
import { ingestProductsWorkflow } from "../../../workflows/ingest-products/ingest-products"
import { wireHandler } from "../../utils/wire-handler"

/** Creates or updates a product by its SKU (contract 4). */
export const POST = wireHandler(async (request, response) => {
  const item = validate(productBody, request.body)
  const { result } = await ingestProductsWorkflow(request.scope).run({ input: { items: [item] } })
  response.json(productAnswer(result))
})
