import { createHash, randomBytes, timingSafeEqual } from "crypto"

const PREFIX = "odoo_"

/** The digest of a key, which is stored instead of the key: SHA-256, in hexadecimal. A key has 256 random bits, so no salt is needed. */
export function digestOf(key: string): string {
  return createHash("sha256").update(key, "utf8").digest("hex")
}

/** Compares two digests of equal length in constant time, so that the time does not show where they differ. */
export function sameDigest(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, "hex"), Buffer.from(b, "hex"))
}

/** Makes a key of 256 random bits, and its first characters, by which people recognize it later. */
export function generateKey(): { key: string; redacted: string } {
  const key = `${PREFIX}${randomBytes(32).toString("base64url")}`
  return { key, redacted: `${key.slice(0, PREFIX.length + 4)}…` }
}
