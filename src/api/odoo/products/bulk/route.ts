import { bulkProductsAnswer } from "../../../../wire/product-answers"
import { bulkProductsBody, readBulkProducts } from "../../../../wire/schemas/products"
import { validate } from "../../../../wire/validate"
import { ingestProducts } from "../../../../workflows/ingest-products/ingest-products"
import { wireHandler } from "../../../utils/wire-handler"

/**
 * Makes products, or brings them up to date, by their SKUs (contract 4). Not by way of the workflow: Medusa's engine would copy
 * thousands of products several times over, of which all but a few are as they were.
 */
export const POST = wireHandler(async (request, response) => {
  const { products, atomic = false, dry_run: dryRun = false } = validate(bulkProductsBody, request.body)
  const outcomes = await ingestProducts(request.scope, { items: readBulkProducts(products), atomic, dryRun })
  response.json(bulkProductsAnswer(outcomes, dryRun))
})
