import { randomUUID } from "crypto"

import axios from "axios"
import { Webhook } from "standardwebhooks"

import { OdooClient, odooServer } from "./client"
import { RECEIVERS, SECRET, SKUS } from "./odoo-suite"
import { prepareOdoo } from "./shop-in-odoo"

const OTHER = "whsec_YW5vdGhlciBzZWNyZXQgb2Ygb3Vycw=="

/** An event that the addon has nothing to do for. */
const BODY = JSON.stringify({ event: "shop.greeted", timestamp: "2026-11-21T17:34:58.000Z", data: { name: "ليلى" } })

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)

describe("the addon, which has the README's Python", () => {
  const server = odooServer()

  beforeAll(async () => {
    await prepareOdoo(new OdooClient(server), { secret: SECRET, skus: SKUS, currency: "KWD" })
  }, 600_000)

  /** Signs as the published library does, with each secret. */
  function signed(secrets: string[], at = new Date()) {
    const id = `oevt_${randomUUID()}`
    return {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, BODY)).join(" "),
    }
  }

  const send = async (path: string, headers: Record<string, string>, body = BODY) =>
    await axios.post(`${server.url}${path}`, body, {
      headers: { "content-type": "application/json", "x-odoo-database": server.database, ...headers },
      validateStatus: () => true,
    })

  it.each([
    ["one secret", [SECRET]],
    ["two, of which it knows the second", [OTHER, SECRET]],
    ["two, of which it knows the first", [SECRET, OTHER]],
  ])("takes what is signed with %s", async (_, secrets) => {
    const wrapped = await send(RECEIVERS.json, signed(secrets))
    expect([wrapped.status, wrapped.data]).toEqual([200, { jsonrpc: "2.0", id: null, result: { success: true, ignored: true } }])
    const bare = await send(RECEIVERS.http, signed(secrets))
    expect([bare.status, bare.data]).toEqual([200, { success: true, ignored: true }])
  })

  it.each<[string, Record<string, string>, string]>([
    ["signed with another secret", signed([OTHER]), BODY],
    ["signed more than five minutes ago", signed([SECRET], minutesAgo(6)), BODY],
    ["signed more than five minutes ahead", signed([SECRET], minutesAgo(-10)), BODY],
    ["changed on its way", signed([SECRET]), BODY.replace("greeted", "robbed")],
    ["not signed", {}, BODY],
  ])("refuses what is %s", async (_, headers, body) => {
    const refusal = { success: false, error: "The signature is wrong, or too old" }
    const wrapped = await send(RECEIVERS.json, headers, body)
    expect([wrapped.status, wrapped.data]).toEqual([200, { jsonrpc: "2.0", id: null, result: refusal }])
    const bare = await send(RECEIVERS.http, headers, body)
    expect([bare.status, bare.data]).toEqual([403, refusal])
  })
})
