import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** What changes although nobody asked for it: when a key was used, what is on its way to Odoo, what was answered,
 * what was refused. */
const RESTLESS = [
  "api_key",
  "odoo_api_key",
  "odoo_attempt",
  "odoo_event",
  "odoo_receipt",
  "odoo_record_state",
  "odoo_refusal",
  "workflow_execution",
]

/** A digest of every row of every table, by table, so that a test can tell what was written. */
export async function digestOfDatabase(container: MedusaContainer): Promise<Record<string, string>> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows: tables } = await database.raw<{ rows: { name: string }[] }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"
  )
  const selects = tables
    .filter(({ name }) => !RESTLESS.includes(name))
    .map(({ name }) => `SELECT '${name}' AS name, count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest FROM "${name}" AS t`)
  const { rows } = await database.raw<{ rows: { name: string; digest: string }[] }>(selects.join(" UNION ALL "))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}
