import { model } from "@medusajs/framework/utils"

/** A record as it was last captured. Only a difference from it makes an event, so that a hint may come twice. */
export const OdooSnapshot = model
  .define("odoo_snapshot", {
    id: model.id({ prefix: "ostt" }).primaryKey(),
    record_kind: model.text(),
    record_id: model.text(),
    /** increases with every written change: a process that compared with an older version compares again */
    version: model.number().default(1),
    /** the data that the record type compares; without personal data */
    snapshot: model.json(),
    /** derived from the times of all rows of the record: while it is equal, nothing has changed */
    source_version: model.text().nullable(),
    /** when the event `<kind>.created` was written; null for a record that is older than the plugin */
    announced_at: model.dateTime().nullable(),
    /** the ids of the destinations that an event `<kind>.created` was written for; they stay when its deliveries are removed */
    announced_to: model.array().nullable(),
    /** the changes that Odoo is making at the moment, and that are not told back to it: `status=canceled` */
    echo_suppressed: model.array().nullable(),
    /** when the suppression ends, also where its process has died */
    echo_suppressed_until: model.dateTime().nullable(),
  })
  .indexes([{ on: ["record_kind", "record_id"], unique: true, where: "deleted_at IS NULL" }])
