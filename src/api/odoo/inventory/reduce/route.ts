import { reduceBody } from "../../../../wire/schemas/reduce"
import { validate } from "../../../../wire/validate"
import { wireHandler } from "../../../utils/wire-handler"
import { answerReduction } from "../../../utils/answer-reduction"

/** Takes what of an order has left the stock out of it, once (contract 5). */
export const POST = wireHandler(async (request, response) => {
  response.json(await answerReduction(request, validate(reduceBody, request.body)))
})
