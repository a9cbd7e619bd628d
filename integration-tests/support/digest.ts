import type { Bench } from "./suite"
import type { Digests } from "./test-database"

/** What changes although nobody asked for it: when a key was used, what is on its way to Odoo, what was answered,
 * what was refused. */
const RESTLESS = [
  "api_key",
  "odoo_api_key",
  "odoo_attempt",
  "odoo_delivery",
  "odoo_destination",
  "odoo_event",
  "odoo_receipt",
  "odoo_snapshot",
  "odoo_refusal",
  "workflow_execution",
]

/** A digest of every row of every table, by table, so that a test can tell what was written. */
export async function digestOfDatabase({ database }: Bench): Promise<Digests> {
  const digests = await database.digests()
  return Object.fromEntries(Object.entries(digests).filter(([table]) => !RESTLESS.includes(table)))
}
