import { bulkProductsAnswer } from "../../../../wire/product-answers"
import { bulkProductsBody, readBulkProducts } from "../../../../wire/schemas/products"
import { validate } from "../../../../wire/validate"
import { ingestProducts } from "../../../../workflows/ingest-products/ingest-products"
import { wireHandler } from "../../../utils/wire-handler"

/**
 * Creates or updates many products by their SKUs (contract 4). Calls the function instead of the workflow: Medusa's workflow
 * engine would copy thousands of products several times, although most of them have not changed.
 */
export const POST = wireHandler(async (request, response) => {
  const { products, atomic = false, dry_run: dryRun = false } = validate(bulkProductsBody, request.body)
  const outcomes = await ingestProducts(request.scope, { items: readBulkProducts(products), atomic, dryRun })
  response.json(bulkProductsAnswer(outcomes, dryRun))
})
