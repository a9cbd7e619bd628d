import type { NewEvent, Observation } from "../../src/modules/odoo/types"

/**
 * An order as capture would see it, for tests of the tables that need no shop.
 * @param version the one that it was compared with; null for an order that is new
 * @param status what of it may differ
 */
export function observedOrder(id: string, event: NewEvent | null, { version = null, status = "pending" }: { version?: number | null; status?: string } = {}): Observation {
  return {
    seen: { record_kind: "order", record_id: id, snapshot: { status }, source_version: status },
    version,
    changed: true,
    event,
  }
}
