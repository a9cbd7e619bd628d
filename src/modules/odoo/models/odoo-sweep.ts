import { model } from "@medusajs/framework/utils"

/** How far the looking for what no hint told has come; one row for each kind of record, whose id it is. */
export const OdooSweep = model.define("odoo_sweep", {
  id: model.id().primaryKey(),
  /** what was there before is noted without being sent */
  installed_at: model.dateTime(),
  /** up to where what was there before is noted, the newest first; null before the first page */
  baseline_position: model.json().nullable(),
  /** since when all of it is noted */
  baseline_done_at: model.dateTime().nullable(),
  /** everything that changed before has been looked at */
  swept_until: model.dateTime(),
  swept_at: model.dateTime().nullable(),
  /** when everything was compared last, not only what changed lately */
  reconciled_at: model.dateTime().nullable(),
  /** when the next sweep is due, in whichever instance */
  next_at: model.dateTime(),
})
