import type { PageRequest } from "../../../wire/list"
import type { RecordKind, RefusalRow } from "../types"
import { rowsOf, type Db } from "../../../database/statement"
import { selectPage, type Page } from "../../../database/page"

const COLUMNS = `refusal.id, refusal.record_kind, refusal.record_id, refusal.said, refusal.code, refusal.message,
  refusal.details, refusal.times, refusal.created_at, refusal.refused_at, refusal.settled_at, refusal.dismissal`

/** The filters of a list of refusals; undefined ones do not apply. */
export type RefusalFilters = { open?: boolean | undefined; recordKind?: RecordKind | undefined; recordId?: string | undefined }

/** One page of refusals, oldest first. Hand-written, to be paged like all other lists. */
export function selectRefusalPage(db: Db, filters: RefusalFilters, page: PageRequest): Promise<Page<RefusalRow>> {
  const { open, recordKind, recordId } = filters
  return selectPage(
    db,
    {
      columns: COLUMNS,
      from: "odoo_refusal AS refusal",
      conditions: [
        "refusal.deleted_at IS NULL",
        open !== undefined && "(refusal.settled_at IS NULL) = :open",
        recordKind && "refusal.record_kind = :recordKind",
        recordId !== undefined && "refusal.record_id = :recordId",
      ],
      createdAt: "refusal.created_at",
      id: "refusal.id",
    },
    { open: open ?? null, recordKind: recordKind ?? null, recordId: recordId ?? null },
    page
  )
}

/** A refusal by its id; undefined for none. */
export async function selectRefusal(db: Db, id: string): Promise<RefusalRow | undefined> {
  const rows = await rowsOf<RefusalRow>(
    db,
    `SELECT ${COLUMNS} FROM odoo_refusal AS refusal WHERE refusal.id = :id AND refusal.deleted_at IS NULL`,
    { id }
  )
  return rows[0]
}
