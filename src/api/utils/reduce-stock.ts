import type { MedusaRequest } from "@medusajs/framework/http"
import type { z } from "@medusajs/framework/zod"

import { findOrderId } from "../../queries/find-order"
import { reduceAnswer } from "../../wire/reduce-answers"
import type { reduceBody } from "../../wire/schemas/reduce"
import { reduceStockWorkflow } from "../../workflows/move-stock/reduce-stock"
import { receiptOf } from "./idempotency"

/**
 * What both routes of a reduction do.
 * @returns the answer to `POST /odoo/inventory/reduce` (contract 5)
 * @throws WireError `NOT_FOUND` for an order that is not there, `CONFLICT` for one that is canceled
 */
export async function reduceStock(request: MedusaRequest, body: z.output<typeof reduceBody>) {
  const { scope: container } = request
  const orderId = body.order_id === undefined ? null : await findOrderId(container, body.order_id)
  const { result } = await reduceStockWorkflow(container).run({
    input: { orderId, items: body.items, receipt: receiptOf(request) },
  })
  return reduceAnswer(orderId, body.reason ?? null, result)
}
