import { bulkProductsAnswer } from "../../../../wire/product-answers"
import { bulkProductsBody, readBulkProducts } from "../../../../wire/schemas/products"
import { validate } from "../../../../wire/validate"
import { ingestProductsWorkflow } from "../../../../workflows/ingest-products/ingest-products"
import { wireHandler } from "../../../utils/wire-handler"

/** Makes products, or brings them up to date, by their SKUs (contract 4). */
export const POST = wireHandler(async (request, response) => {
  const { products, atomic = false, dry_run: dryRun = false } = validate(bulkProductsBody, request.body)
  const { result } = await ingestProductsWorkflow(request.scope).run({
    input: { items: readBulkProducts(products), atomic, dryRun },
  })
  response.json(bulkProductsAnswer(result, dryRun))
})
