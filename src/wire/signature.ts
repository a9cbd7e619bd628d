import { createHmac } from "crypto"

const BASE64_PREFIX = "whsec_"

/** The bytes of a secret: base64 after `whsec_`, any other text as it is (contract 7, "Headers"). */
function keyOf(secret: string): Buffer {
  return secret.startsWith(BASE64_PREFIX)
    ? Buffer.from(secret.slice(BASE64_PREFIX.length), "base64")
    : Buffer.from(secret, "utf8")
}

/**
 * Signs a webhook as the Standard Webhooks specification describes: `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`. There
 * is one signature for each secret, so that a receiver may know the old secret or the new one.
 * @param input.id the same on every attempt
 * @param input.timestamp of this attempt, in whole seconds since 1970
 * @param input.body the exact bytes that are sent
 * @returns the three headers; none without a secret
 */
export function signatureHeaders(input: {
  id: string
  timestamp: number
  body: string
  secrets: readonly string[]
}): Record<string, string> {
  const { id, timestamp, body, secrets } = input
  if (secrets.length === 0) {
    return {}
  }
  const signatures = secrets.map(
    (secret) => `v1,${createHmac("sha256", keyOf(secret)).update(`${id}.${String(timestamp)}.${body}`).digest("base64")}`
  )
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  }
}
