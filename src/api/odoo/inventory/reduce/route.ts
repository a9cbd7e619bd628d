import { reduceBody } from "../../../../wire/schemas/reduce"
import { validate } from "../../../../wire/validate"
import { wireHandler } from "../../../utils/wire-handler"
import { reduceStock } from "../../../utils/reduce-stock"

/** Takes what of an order has left the stock out of it, once (contract 5). */
export const POST = wireHandler(async (request, response) => {
  response.json(await reduceStock(request, validate(reduceBody, request.body)))
})
