import { reduceOneAnswer } from "../../../../wire/reduce-answers"
import { reduceBody, reduceOneBody } from "../../../../wire/schemas/reduce"
import { validate } from "../../../../wire/validate"
import { adminHandler } from "../../../utils/admin-handler"
import { reduceStock } from "../../../utils/reduce-stock"

/** The same as `POST /odoo/inventory/reduce`, and its older body of one SKU, for January's clients (contract 5). */
export const POST = adminHandler(async (request, response) => {
  const body: unknown = request.body
  if (typeof body === "object" && body !== null && "items" in body) {
    response.json(await reduceStock(request, validate(reduceBody, body)))
    return
  }
  const { sku, quantity, ...about } = validate(reduceOneBody, body)
  response.json(reduceOneAnswer(await reduceStock(request, { ...about, items: [{ sku, quantity }] })))
})
