import type { NewEvent, Observation } from "../../src/modules/odoo/types"

/**
 * An order as capture would see it, for tests of the tables that need no shop.
 * @param version the one that it was compared with; null for an order that is new
 * @param status what of it may differ
 */
export function observedOrder(id: string, event: NewEvent | null, { version = null, status = "pending" }: { version?: number | null; status?: string } = {}): Observation {
  return {
    state: {
      record_kind: "order",
      record_id: id,
      status,
      fulfillment_status: null,
      payment_status: null,
      profile: null,
      address_ids: null,
      source_mark: status,
    },
    version,
    changed: true,
    event,
  }
}
