import { listInventory } from "../../../queries/list-inventory"
import { syncStockAnswer } from "../../../wire/inventory-answers"
import { readSyncItems, syncStockBody } from "../../../wire/schemas/inventory"
import { listInventoryQuery } from "../../../wire/schemas/inventory-list"
import { validate, validateQuery } from "../../../wire/validate"
import { ingestInventory } from "../../../workflows/ingest-inventory/ingest-inventory"
import { receiptOf } from "../../utils/idempotency"
import { wireHandler } from "../../utils/wire-handler"

/** Lists stock for Odoo to pull (contract 2). */
export const GET = wireHandler(async (request, response) => {
  response.json(await listInventory(request.scope, validateQuery(listInventoryQuery, request.query)))
})

/** Sets the stock of many SKUs, and creates stock records for unknown SKUs (contract 5). */
export const POST = wireHandler(async (request, response) => {
  const { items } = validate(syncStockBody, request.body)
  const outcomes = await ingestInventory(request.scope, { items: readSyncItems(items), createMissing: true, receipt: receiptOf(request) })
  response.json(syncStockAnswer(outcomes))
})
