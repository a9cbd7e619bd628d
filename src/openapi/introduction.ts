import { WIRE_ERROR_STATUS, type WireErrorCode } from "../wire/errors"

/** The meaning of each error code (contract 1, "Errors"). */
export const ERROR_MEANINGS: Readonly<Record<WireErrorCode, string>> = {
  VALIDATION_ERROR: "The path, the query or the body is not of the described form; `details.issues` names each place and why.",
  UNAUTHORIZED: "There is no key, or it is unknown or revoked.",
  PERMISSION_DENIED: "The key is not allowed to do that; `details` names the scopes that it has, and the one that is needed.",
  NOT_FOUND: "There is no such order, customer, product, location or route.",
  SKU_NOT_FOUND: "No stock record or variant has this SKU.",
  DUPLICATE_SKU: "The SKU belongs to another product already.",
  CONFLICT:
    "The record's state does not allow it, it is linked to another record of Odoo, or the idempotency key was used with another body.",
  PAYLOAD_TOO_LARGE: "The body is larger than the option `bodyLimit` allows.",
  RATE_LIMIT_EXCEEDED: "Too many requests; `Retry-After` says when to try again.",
  INVENTORY_ERROR: "The stock was not free in time. Nothing was changed; send it again.",
  SYNC_FAILED: "Medusa could not carry it out. The log has the reason under the `trace_id`.",
  INTERNAL_ERROR: "Something went wrong on the shop's side. The log has it under the `trace_id`.",
}

const errorTable = Object.entries(WIRE_ERROR_STATUS)
  .map(([code, status]) => `| \`${code}\` | ${String(status)} | ${ERROR_MEANINGS[code as WireErrorCode]} |`)
  .join("\n")

/** The introduction of the API's description, in CommonMark: the rules that all routes share (contract 1). */
export const INTRODUCTION = `What an Odoo server, or any program on its side, reads from a Medusa shop and writes to it.

## Access

Every request carries \`x-odoo-api-key: <key>\`. Where only an address can be configured, as in Odoo's own action *Send
Webhook Notification*, the key travels in it: \`https://odoo:<key>@shop.example.com/odoo/…\` (HTTP Basic; the key may be
the user name or the password). Medusa's own admin access works too: a session, \`Authorization: Bearer <token>\` from
\`POST /auth/user/emailpass\`, or a secret API key by HTTP Basic. The routes under \`/admin\` take admin access alone.

A key has scopes, and each route says which one it needs: \`read\` for what only reads, \`write\` for what changes
something, \`push\` for no more than what Odoo pushes (products, stock, its webhooks), which \`write\` opens too. Keys have
\`read\`, \`write\` and \`subscribe\` unless they were made with others, and so have the static key and Medusa's admins. What
a key is not allowed to do is answered with \`PERMISSION_DENIED\`. The log of whoever sends a request may show its address: give
a key that travels in one the scope \`push\` alone.

## Errors

Every error under \`/odoo\` has the same envelope, and a status that goes with its code. Routes under \`/admin\` answer
errors as Medusa does.

| code | status | when |
|---|---|---|
${errorTable}

Where a push has many items, one that can not be applied does not stop the others: the status is 200, \`success\` is
false, and the item says why.

## Lists

\`limit\` is 1 to 500, \`offset\` starts at 0. Rows are ordered by creation time, then id. A list can be paged by
\`offset\`, or by \`cursor\`: the \`pagination.next_cursor\` of the page before, which stays right while rows come in. It is
null on the last page. \`updated_since\` narrows a pull to what has changed. \`total\`, \`limit\` and \`offset\` stand at the top
and under \`pagination\`.

## Amounts

Amounts are integers of the currency's minor unit (ISO 4217): 5000 is 5.000 KWD, 1999 is 19.99 USD, 500 is 500 JPY. A
shop may be set to decimals of the major unit instead (the option \`amountUnit\`). Odoo's own fields (\`list_price\`,
\`standard_price\`, \`lst_price\`, \`compare_list_price\`) are always major units. For every order, the items' \`subtotal\`s −
\`discount_total\` + \`shipping_total\` + \`tax_total\` = \`total\`.

## Sending something twice

Every POST, PATCH and DELETE takes an \`Idempotency-Key\` header, or \`event_id\` in the body. The same key with the same
body answers what it answered before, with the header \`Idempotent-Replayed: true\`, and changes nothing. With another
body it is a \`CONFLICT\`.

## Too many requests

A caller who asks too often is answered 429 with \`RATE_LIMIT_EXCEEDED\`, and the header \`Retry-After\` says how many seconds
to wait.

## Odoo's ways of writing

The schemas show the plain form. Understood as well are \`event\` for \`event_type\`, \`id\` for \`odoo_id\`, \`default_code\` for
\`sku\`; a product at the top level instead of under \`product\`; \`false\` for null; a many2one as \`7\` or \`[7, "Name"]\`;
numbers as numeric strings, and whole ones as \`75.0\`; SKUs with blanks around them, or in another case where that is
unambiguous; barcodes with a prefix such as \`(EAN-13): \`. Members that are not described are ignored. A SKU that is
empty, longer than 255 characters or of several lines is refused. Texts may not hold NUL or half a surrogate pair, and
a body may be nested 64 levels deep.`
