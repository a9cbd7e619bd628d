import { model } from "@medusajs/framework/utils"

/** The progress of the sweeps of one kind of record, which is the id of the row. A new kind gets its row by itself. */
export const OdooSweep = model.define("odoo_sweep", {
  id: model.id().primaryKey(),
  /** records created before this time belong to the baseline: Odoo is not told of them */
  installed_at: model.dateTime(),
  /** the position in the baseline, which is written newest first; null before the first page */
  baseline_position: model.json().nullable(),
  /** when the baseline was complete */
  baseline_done_at: model.dateTime().nullable(),
  /** changes before this time have been captured */
  swept_until: model.dateTime(),
  swept_at: model.dateTime().nullable(),
  /** when all records were compared last, and not only those that changed lately */
  reconciled_at: model.dateTime().nullable(),
  /** when the next sweep is due, in whichever instance */
  next_at: model.dateTime(),
})
