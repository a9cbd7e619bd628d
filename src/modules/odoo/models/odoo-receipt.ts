import { model } from "@medusajs/framework/utils"

/** The answer given to an idempotency key. While the first request is still at work, `status` is null. */
export const OdooReceipt = model
  .define("odoo_receipt", {
    id: model.id({ prefix: "orcp" }).primaryKey(),
    /** method and path that the key belongs to */
    scope: model.text(),
    key: model.text(),
    /** SHA-256 of the body in canonical form, in hexadecimal */
    fingerprint: model.text(),
    status: model.number().nullable(),
    body: model.text().nullable(),
    /** JSON of what the request has come to, written together with its effect: who takes the key over does not do it again */
    outcome: model.text().nullable(),
    /** until when the first request may be at work; a process that died can not hold a key for longer */
    leased_until: model.dateTime().nullable(),
    expires_at: model.dateTime(),
  })
  .indexes([{ on: ["scope", "key"], unique: true }, { on: ["expires_at"] }])
