import { generateEntityId } from "@medusajs/framework/utils"

import type { Link, RecordKind } from "../types"
import { rowsOf, type Db } from "./db"

/**
 * Links a record to Odoo's, or repeats a link that is there already. Hand-written for its `ON CONFLICT … WHERE`: two
 * callers at once can not link one record twice. An empty answer says that it is linked to another one.
 * @param input.force replaces another link
 * @returns the link as it stands now; undefined when another one stands and was not to be replaced
 */
export async function upsertLink(
  db: Db,
  input: {
    kind: RecordKind
    recordId: string
    odooId: string
    odooName: string | null
    syncedAt: Date | null
    force: boolean
  }
): Promise<Link | undefined> {
  const rows = await rowsOf<Link>(
    db,
    `INSERT INTO odoo_link AS link (id, record_kind, record_id, odoo_id, odoo_name, synced_at)
     VALUES (:id, :kind, :recordId, :odooId, :odooName, coalesce(:syncedAt, now()))
     ON CONFLICT (record_kind, record_id) WHERE deleted_at IS NULL
     DO UPDATE SET
       odoo_name = CASE WHEN link.odoo_id = excluded.odoo_id THEN coalesce(excluded.odoo_name, link.odoo_name) ELSE excluded.odoo_name END,
       odoo_status = CASE WHEN link.odoo_id = excluded.odoo_id THEN link.odoo_status END,
       synced_at = CASE WHEN link.odoo_id = excluded.odoo_id THEN coalesce(:syncedAt, link.synced_at) ELSE excluded.synced_at END,
       odoo_id = excluded.odoo_id,
       updated_at = now()
     WHERE link.odoo_id = excluded.odoo_id OR :force
     RETURNING record_id, odoo_id, odoo_name, odoo_status, synced_at`,
    { id: generateEntityId(undefined, "olnk"), ...input }
  )
  return rows[0]
}
