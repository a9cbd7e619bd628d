import { reduceBody } from "../../../../wire/schemas/reduce"
import { validate } from "../../../../wire/validate"
import { wireHandler } from "../../../utils/wire-handler"
import { answerReduction } from "../../../utils/answer-reduction"

/** Takes goods of an order that have left Odoo's stock out of the shop's stock, once (contract 5). */
export const POST = wireHandler(async (request, response) => {
  response.json(await answerReduction(request, validate(reduceBody, request.body)))
})
