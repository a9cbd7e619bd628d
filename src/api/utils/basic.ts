/**
 * Reads the user name and the password of an HTTP Basic header (RFC 7617). Odoo's own webhook action can only send a secret in the
 * address, as `https://odoo:<key>@shop.example.com/`, and sends it as this header.
 * @returns those of the two that are not empty; an empty list for another scheme and for a header that can not be read
 */
export function basicSecrets(header: string | undefined): string[] {
  const encoded = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(header ?? "")?.[1]
  if (encoded === undefined) {
    return []
  }
  const pair = Buffer.from(encoded, "base64").toString("utf8")
  const colon = pair.indexOf(":")
  return colon === -1 ? [] : [pair.slice(0, colon), pair.slice(colon + 1)].filter((secret) => secret !== "")
}
