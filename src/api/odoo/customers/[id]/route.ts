import { findCustomerId } from "../../../../queries/find-customer"
import { readCustomers } from "../../../../queries/read-customers"
import { wireHandler } from "../../../utils/wire-handler"

/** Shows one customer (contract 2). */
export const GET = wireHandler(async (request, response) => {
  const customerId = await findCustomerId(request.scope, request.params.id ?? "")
  const [customer] = await readCustomers(request.scope, [customerId])
  response.json({ customer })
})
