import type { MedusaContainer } from "@medusajs/framework/types"

import type { KnownState, NewEvent, Observation, RecordState } from "../../modules/odoo/types"
import { readCustomerProfiles } from "../../queries/read-customers"
import type { CustomerDocument } from "../../wire/customer-document"
import { eventBody } from "../../wire/events"
import { changedFields, profileOf } from "../../wire/profile"
import { readEach, type RecordSource } from "./record-source"

function stateOf(customer: CustomerDocument, mark: string): RecordState & { profile: ReturnType<typeof profileOf> } {
  return {
    record_kind: "customer",
    record_id: customer.id,
    status: null,
    fulfillment_status: null,
    payment_status: null,
    profile: profileOf(customer),
    address_ids: customer.addresses.map(({ id }) => id).sort(),
    source_mark: mark,
  }
}

const created = (customer: CustomerDocument): NewEvent => ({
  name: "customer.created",
  body: eventBody("customer.created", { customer }, new Date()),
})

function observeOne(customer: CustomerDocument, known: KnownState | undefined, mark: string): Observation {
  const state = stateOf(customer, mark)
  if (known === undefined) {
    return { state, version: null, changed: true, event: created(customer) }
  }
  const fields = changedFields(known.profile ?? {}, state.profile)
  const event: NewEvent | null =
    fields.length === 0
      ? null
      : { name: "customer.updated", body: eventBody("customer.updated", { customer, changed_fields: fields }, new Date()) }
  return { state, version: known.version, changed: fields.length > 0, event }
}

const read = (container: MedusaContainer) => (ids: string[]) => readCustomerProfiles(container, ids)

/** Customers: that one was first seen, and how the profile and the addresses change. */
export const customerSource: RecordSource = {
  kind: "customer",
  observe: (container, looks) =>
    readEach(looks, read(container), (customer, { known, mark }) => observeOne(customer, known, mark)),
  readStates: (container, looks) => readEach(looks, read(container), (customer, { mark }) => stateOf(customer, mark)),
  readCreated: (container, looks) =>
    readEach(looks, read(container), (customer, { mark }) => ({ state: stateOf(customer, mark), event: created(customer) })),
}
