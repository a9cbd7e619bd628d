import { Webhook } from "standardwebhooks"

import { signatureHeaders } from "../signature"

const BODY = "{\"event\":\"order.created\",\"data\":{\"name\":\"ليلى\"}}"
const now = () => Math.floor(Date.now() / 1000)

describe("signatureHeaders", () => {
  it("gives what the Standard Webhooks library accepts, for a base64 secret", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    const headers = signatureHeaders({ id: "oevt_1", timestamp: now(), body: BODY, secrets: [secret] })
    expect(() => new Webhook(secret).verify(BODY, headers)).not.toThrow()
    expect(() => new Webhook(secret).verify(BODY.replace("created", "deleted"), headers)).toThrow()
  })

  it("uses a secret without the prefix as it is", () => {
    const headers = signatureHeaders({ id: "oevt_1", timestamp: now(), body: BODY, secrets: ["a plain secret"] })
    expect(() => new Webhook("a plain secret", { format: "raw" }).verify(BODY, headers)).not.toThrow()
  })

  it("signs with every secret while one is rotated", () => {
    const secrets = ["whsec_b2xkIHNlY3JldCBvZiBvdXJz", "whsec_bmV3IHNlY3JldCBvZiBvdXJz"]
    const headers = signatureHeaders({ id: "oevt_1", timestamp: now(), body: BODY, secrets })
    for (const secret of secrets) {
      expect(() => new Webhook(secret).verify(BODY, headers)).not.toThrow()
    }
    expect(() => new Webhook("whsec_YW5vdGhlciBzZWNyZXQ=").verify(BODY, headers)).toThrow()
  })

  it("sends nothing without a secret", () => {
    expect(signatureHeaders({ id: "oevt_1", timestamp: now(), body: BODY, secrets: [] })).toEqual({})
  })
})
