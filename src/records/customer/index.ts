import { CustomerWorkflowEvents, Modules, OrderWorkflowEvents } from "@medusajs/framework/utils"
import { z } from "zod"

import type { KnownSnapshot } from "../../modules/odoo/types"
import { readCustomerProfiles } from "../../queries/read-customers"
import type { CustomerDocument } from "../../wire/customer-document"
import { eventBody } from "../../wire/events"
import { changedFields, profileOf } from "../../wire/profile"
import { idIn, idsBy } from "../hints"
import { defineRecordType, type Change } from "../record-type"
import { selectCustomersOfAddress, selectCustomersOfOrder } from "./select-customers-of"
import { customerSource } from "./source"

/** Digests of the fields that `customer.updated` names, and the ids of the addresses: the event of a deleted address has only its id. */
const snapshot = (customer: CustomerDocument) => ({
  profile: profileOf(customer),
  address_ids: customer.addresses.map(({ id }) => id).sort(),
})

const digests = z.record(z.string(), z.string()).catch({})

function compare({ snapshot: known }: KnownSnapshot, customer: CustomerDocument): Change | null {
  const fields = changedFields(digests.parse(known.profile), profileOf(customer))
  const body = () => eventBody("customer.updated", { customer, changed_fields: fields }, new Date())
  return fields.length === 0 ? null : { event: { name: "customer.updated", body: body() } }
}

/** Customers: Odoo is told of a new customer, and how the profile and the addresses change. */
export const customerType = defineRecordType({
  kind: "customer",
  events: ["customer.created", "customer.updated"],
  source: customerSource,
  hints: [
    { events: [CustomerWorkflowEvents.CREATED], isNew: true, idsOf: idIn("id") },
    { events: [CustomerWorkflowEvents.UPDATED], idsOf: idIn("id") },
    { events: [OrderWorkflowEvents.PLACED], isNew: true, idsOf: idsBy(selectCustomersOfOrder, "order_id", "id") },
    // only Medusa's customer module emits events of addresses, its workflows do not
    {
      events: ["created", "updated", "deleted"].map((action) => `customer.customer-address.${action}`),
      idsOf: idsBy(selectCustomersOfAddress, "id"),
    },
  ],
  // a visitor who typed an address into a cart counts only after an order
  hintsAreProof: false,
  link: {
    metadataOf: (container, id) => {
      const customers = container.resolve(Modules.CUSTOMER)
      return {
        read: async () => (await customers.retrieveCustomer(id, { select: ["id", "metadata"] })).metadata,
        write: (metadata) => customers.updateCustomers(id, { metadata }),
      }
    },
  },
  load: readCustomerProfiles,
  snapshot,
  created: (customer) => ({ name: "customer.created", body: eventBody("customer.created", { customer }, new Date()) }),
  compare,
})
