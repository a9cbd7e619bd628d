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
    /** JSON of the outcome, written in the transaction of the effect: a request that takes over the key does not repeat the effect */
    outcome: model.text().nullable(),
    /** the end of the lease of the first request; a process that died holds the key no longer */
    leased_until: model.dateTime().nullable(),
    expires_at: model.dateTime(),
  })
  .indexes([{ on: ["scope", "key"], unique: true }, { on: ["expires_at"] }])
