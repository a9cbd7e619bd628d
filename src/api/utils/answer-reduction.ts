import type { MedusaRequest } from "@medusajs/framework/http"
import type { z } from "zod"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { findOrderId } from "../../queries/find-order"
import { reduceAnswer } from "../../wire/reduce-answers"
import { readReduceItems, type reduceBody } from "../../wire/schemas/reduce"
import { reduceStockWorkflow } from "../../workflows/move-stock/reduce-stock"
import { receiptOf } from "./idempotency"

/**
 * Carries out a reduction, for both of its routes.
 * @returns the answer to `POST /odoo/inventory/reduce` (contract 5)
 * @throws WireError `NOT_FOUND` for an order that does not exist, `CONFLICT` for a canceled order
 */
export async function answerReduction(request: MedusaRequest, body: z.output<typeof reduceBody>) {
  const { scope: container } = request
  const { fractionalQuantities } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  const orderId = body.order_id === undefined ? null : await findOrderId(container, body.order_id)
  const { result } = await reduceStockWorkflow(container).run({
    input: { orderId, items: readReduceItems(body.items, fractionalQuantities), receipt: receiptOf(request) },
  })
  return reduceAnswer(orderId, body.reason ?? null, result)
}
