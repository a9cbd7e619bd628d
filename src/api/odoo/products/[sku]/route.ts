import { deletedProductAnswer } from "../../../../wire/product-answers"
import { deleteProductWorkflow } from "../../../../workflows/ingest-products/delete-product"
import { wireHandler } from "../../../utils/wire-handler"

/** Deletes the variant of a SKU, and its product with its last variant (contract 4). */
export const DELETE = wireHandler(async (request, response) => {
  const { result } = await deleteProductWorkflow(request.scope).run({ input: { sku: request.params.sku ?? "" } })
  response.json(deletedProductAnswer(result))
})
