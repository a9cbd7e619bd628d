import { model } from "@medusajs/framework/utils"

import { CHANGE_CONTEXTS, CHANGE_DIRECTIONS } from "../../../wire/origin"

/**
 * A change of a record that is told. An event is written once, in the transaction that captures the change, and never changed.
 * Its deliveries say which destinations get it, and their state.
 */
export const OdooEvent = model
  .define("odoo_event", {
    id: model.id({ prefix: "oevt" }).primaryKey(),
    /** the order in which events of one record happened */
    sequence: model.autoincrement(),
    record_kind: model.text(),
    record_id: model.text(),
    name: model.text(),
    /** the exact body that a webhook receives */
    body: model.text(),
    /** from where the change came */
    context: model.enum([...CHANGE_CONTEXTS]).default("unknown"),
    /** `inbound` where Odoo itself made the change */
    direction: model.enum([...CHANGE_DIRECTIONS]).default("outbound"),
  })
  .indexes([
    // all events of a record
    { on: ["record_id"] },
  ])
