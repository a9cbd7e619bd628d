import { model } from "@medusajs/framework/utils"

import { DEFAULT_SCOPES } from "../../../wire/scopes"

/** An API key of the Odoo side. Only a digest of the key is stored: the key itself is shown once, when it is created. */
export const OdooApiKey = model
  .define("odoo_api_key", {
    id: model.id({ prefix: "okey" }).primaryKey(),
    title: model.text(),
    /** SHA-256 of the key, in hexadecimal */
    digest: model.text(),
    /** the first characters, so that a person can tell keys apart */
    redacted: model.text(),
    /** the scopes of the key: which routes it opens */
    scopes: model.array().default([...DEFAULT_SCOPES]),
    last_used_at: model.dateTime().nullable(),
    revoked_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["digest"], unique: true }])
