import { reduceOneAnswer } from "../../../../wire/reduce-answers"
import { reduceBody, reduceOneBody } from "../../../../wire/schemas/reduce"
import { validate } from "../../../../wire/validate"
import { adminHandler } from "../../../utils/admin-handler"
import { answerReduction } from "../../../utils/answer-reduction"

/** Answers `POST /odoo/inventory/reduce` under an older path, and takes its older body with one SKU too (contract 5). */
export const POST = adminHandler(async (request, response) => {
  const body: unknown = request.body
  if (typeof body === "object" && body !== null && "items" in body) {
    response.json(await answerReduction(request, validate(reduceBody, body)))
    return
  }
  const { sku, odoo_product_id, quantity, ...about } = validate(reduceOneBody, body)
  response.json(reduceOneAnswer(await answerReduction(request, { ...about, items: [{ sku, odoo_product_id, quantity }] })))
})
