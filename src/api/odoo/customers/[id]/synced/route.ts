import { findCustomerId } from "../../../../../queries/find-customer"
import { toOdooId } from "../../../../../wire/odoo-id"
import { customerSyncedBody } from "../../../../../wire/schemas/customers"
import { validate } from "../../../../../wire/validate"
import { linkRecordWorkflow } from "../../../../../workflows/link-record/link-record"
import { wireHandler } from "../../../../utils/wire-handler"

/** Links a customer to the contact that Odoo has made of them (contract 3). */
export const POST = wireHandler(async (request, response) => {
  const body = validate(customerSyncedBody, request.body)
  const customerId = await findCustomerId(request.scope, request.params.id ?? "")
  const { result: link } = await linkRecordWorkflow(request.scope).run({
    input: {
      kind: "customer",
      recordId: customerId,
      odooId: body.odoo_customer_id,
      odooName: null,
      syncedAt: body.synced_at ?? null,
      force: body.force ?? false,
    },
  })
  response.json({
    success: true,
    customer_id: customerId,
    odoo_customer_id: toOdooId(link.odoo_id),
    synced_at: new Date(link.synced_at).toISOString(),
  })
})
