import { model } from "@medusajs/framework/utils"

/** Whether events are sent at all; one row for all instances, with the id `delivery`, once a person has paused it. */
export const OdooDelivery = model.define("odoo_delivery", {
  id: model.id().primaryKey(),
  paused_at: model.dateTime().nullable(),
  /** why, in a person's words */
  pause_reason: model.text().nullable(),
})
