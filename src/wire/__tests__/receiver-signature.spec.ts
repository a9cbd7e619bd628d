import { readFileSync } from "fs"

import { loadPyodide, type PyodideInterface } from "pyodide"
import { Webhook } from "standardwebhooks"

import { readmeBlock } from "../../../integration-tests/support/readme"
import { signatureHeaders } from "../signature"

const ADDONS_FILE = "integration-tests/odoo/addons/medusa_shop/signature.py"

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
const OTHER = "whsec_YW5vdGhlciBzZWNyZXQgb2Ygb3Vycw=="
const PLAIN = "a secret without a prefix"
const BODY = JSON.stringify({ event: "order.created", data: { name: "ليلى" } })

type Headers = Record<string, string>

/** Signs as the published library does, with each secret. */
function signed(secrets: string[], secondsAgo = 0): Headers {
  const at = new Date(Date.now() - secondsAgo * 1000)
  const signature = (secret: string) =>
    new Webhook(secret, secret.startsWith("whsec_") ? undefined : { format: "raw" }).sign("oevt_1", at, BODY)
  return {
    "webhook-id": "oevt_1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map(signature).join(" "),
  }
}

// no Python has to be installed: this one is a package
describe("the README's Python for the receiving side", () => {
  let python: PyodideInterface

  beforeAll(async () => {
    python = await loadPyodide()
    python.runPython(readmeBlock("signature.py"))
  })

  /** What `is_authentic` says of a webhook. */
  function isAuthentic(secret: string, headers: Headers, body = BODY): unknown {
    const check = python.runPython("lambda secret, headers, body: is_authentic(secret, headers.to_py(), body.encode())")
    return check(secret, headers, body)
  }

  it("is what the addon of the tests runs in a real Odoo", () => {
    expect(readFileSync(ADDONS_FILE, "utf8").trim()).toBe(readmeBlock("signature.py"))
  })

  it.each([
    ["one secret", SECRET, signed([SECRET])],
    ["a secret without a prefix", PLAIN, signed([PLAIN])],
    ["two secrets, of which it knows the first", SECRET, signed([SECRET, OTHER])],
    ["two secrets, of which it knows the second", OTHER, signed([SECRET, OTHER])],
    ["a clock that goes four minutes slow", SECRET, signed([SECRET], 240)],
    ["a clock that goes four minutes fast", SECRET, signed([SECRET], -240)],
  ])("takes what is signed with %s", (_, secret, headers) => {
    expect(isAuthentic(secret, headers)).toBe(true)
  })

  it("takes what the plugin sends, with a secret whose base64 is not padded, too", () => {
    const unpadded = OTHER.replace(/=+$/, "")
    const headers = signatureHeaders({ id: "oevt_1", timestamp: Math.floor(Date.now() / 1000), body: BODY, secrets: [SECRET, unpadded, PLAIN] })
    expect([SECRET, OTHER, unpadded, PLAIN].map((secret) => isAuthentic(secret, headers))).toEqual([true, true, true, true])
  })

  it.each<[string, Headers, string]>([
    ["signed with another secret", signed([OTHER]), BODY],
    ["signed six minutes ago", signed([SECRET], 360), BODY],
    ["signed six minutes ahead", signed([SECRET], -360), BODY],
    ["changed on its way", signed([SECRET]), BODY.replace("created", "deleted")],
    ["sent under another id", { ...signed([SECRET]), "webhook-id": "oevt_2" }, BODY],
    ["sent under another time", { ...signed([SECRET], 10), "webhook-timestamp": String(Math.floor(Date.now() / 1000)) }, BODY],
    ["signed by another scheme", { ...signed([SECRET]), "webhook-signature": signed([SECRET])["webhook-signature"]!.replace("v1,", "v2,") }, BODY],
    ["signed with letters that no signature has", { ...signed([SECRET]), "webhook-signature": "v1,é" }, BODY],
    ["of no time", { ...signed([SECRET]), "webhook-timestamp": "now" }, BODY],
    ["of a time without end", { ...signed([SECRET]), "webhook-timestamp": "9".repeat(400) }, BODY],
    ["not signed", {}, BODY],
  ])("refuses what is %s", (_, headers, body) => {
    expect(isAuthentic(SECRET, headers, body)).toBe(false)
  })
})
