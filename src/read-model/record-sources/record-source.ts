import type { RecordKind } from "../../modules/odoo/types"

/** SQL that finds the records of a kind in Medusa's tables. The row of a record has the alias `record`. */
export type RecordSource = {
  kind: RecordKind
  /** the table of the records themselves; it has `id`, `created_at` and `deleted_at` */
  table: string
  /** the condition that a row is an existing record */
  present: string
  /** the condition that Odoo is told of a record, also without a hint */
  tellable: string
  /** the condition that a record without a snapshot counts, also without a hint: it will not be deleted again by a checkout */
  confirmed: string
  /** the condition that a record older than the plugin belongs to the backlog; all do where it is missing */
  wanted?: string
  /** a query of the times of all rows that belong to the record with an id, one row for each */
  timesOf: (id: string) => string
  /** a query of the records with a row that changed since `:from`, and the time of the change: `id` and `at` */
  changedSince: string
}

/**
 * The version of the rows of a record: their number and the sum of their times. It differs after any change, also when a
 * transaction that began earlier ends later, which the latest time alone would not show.
 */
export const sourceVersion = ({ timesOf }: RecordSource, id: string) => `(
  SELECT count(*) || '/' || sum(round(extract(epoch FROM source.at) * 1000000))
  FROM (${timesOf(id)}) AS source(at)
)`
