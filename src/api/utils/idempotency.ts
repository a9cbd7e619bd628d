import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createHash } from "crypto"
import stringify from "safe-stable-stringify"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { OpenReceipt, Receipt } from "../../modules/odoo/types"
import { describeError } from "../../utils/describe-error"
import { WireError } from "../../wire/errors"
import { idempotencyKeys } from "../../wire/schemas/idempotency"
import { validate } from "../../wire/validate"

/** The methods that change something. */
const CHANGING = ["POST", "PATCH", "DELETE"]

/** How long a repeat waits for the answer to the first request, and how often it looks; milliseconds. */
const PATIENCE_MS = 20_000
const LOOK_EVERY_MS = 100

/** After how many seconds it is worth asking again when that was not long enough. */
const RETRY_AFTER_S = 30

/**
 * The idempotency key that a request comes with; undefined for one without.
 * @throws WireError `VALIDATION_ERROR` for what can not be a key
 */
export function idempotencyKeyOf(request: MedusaRequest): string | undefined {
  const body: unknown = request.body
  const keys = validate(idempotencyKeys, {
    "Idempotency-Key": request.headers["idempotency-key"],
    event_id: typeof body === "object" && body !== null && "event_id" in body ? body.event_id : undefined,
  })
  return keys["Idempotency-Key"] ?? keys.event_id
}

/** Bodies are the same when they say the same, in whatever order their members come. */
const fingerprintOf = (body: unknown) => createHash("sha256").update(stringify(body) ?? "").digest("hex")

/** Waits while the first request with a key is at work. */
async function firstAnswer(open: () => Promise<Receipt>): Promise<Receipt> {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    const receipt = await open()
    if (receipt.state !== "at work" || Date.now() > end) {
      return receipt
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** The keys that requests have taken, while they are at work. */
const taken = new WeakMap<MedusaRequest, OpenReceipt>()

/** The key that a request has taken, for its effect to be noted with; undefined for one that came without. */
export const receiptOf = (request: MedusaRequest): OpenReceipt | undefined => taken.get(request)

/** How often a request that is at work says so, and for how long it may be; milliseconds. */
const RENEW_EVERY_MS = 20_000
const AT_WORK_MS = 15 * 60_000

/**
 * Keeps a key for a request for as long as it is at work.
 * @returns ends it
 */
function holdKey(odoo: OdooModuleService, receiptId: string): () => void {
  const since = Date.now()
  const timer = setInterval(() => {
    if (Date.now() - since > AT_WORK_MS) {
      clearInterval(timer)
      return
    }
    // where it fails, another request may take the key over, and this one's effect is rolled back
    odoo.renewReceipt(receiptId).catch(() => undefined)
  }, RENEW_EVERY_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}

/** Has the answer kept before it is sent, when it says that something was done; gives the key back otherwise. */
function keepAnswer(request: MedusaRequest, response: MedusaResponse, receiptId: string): void {
  const odoo = request.scope.resolve<OdooModuleService>(ODOO_MODULE)
  const send = response.json.bind(response)
  const letGo = holdKey(odoo, receiptId)
  response.json = (body: unknown) => {
    letGo()
    const { statusCode: status } = response
    const kept =
      status < 300 ? odoo.settleReceipt(receiptId, { status, body: JSON.stringify(body) }) : odoo.releaseReceipt(receiptId)
    kept
      .catch((error: unknown) => {
        // what the request was about is done: the caller is told so all the same
        request.scope
          .resolve(ContainerRegistrationKeys.LOGGER)
          .error(`odoo: the answer to an idempotency key was not kept: ${describeError(error)}`)
      })
      .finally(() => send(body))
    return response
  }
}

/**
 * Answers a request whose idempotency key was answered before as it was answered then, and has the answer to a new key
 * kept (contract 1, "Idempotency"). Only what succeeded is kept: an error has changed nothing, and the same request may
 * succeed once its cause is gone.
 * @returns whether the request has been answered
 * @throws WireError `CONFLICT` when the key came with another body, or when its first request is still at work;
 *   `VALIDATION_ERROR` for what can not be a key
 */
export async function answeredBefore(request: MedusaRequest, response: MedusaResponse): Promise<boolean> {
  const key = CHANGING.includes(request.method) ? idempotencyKeyOf(request) : undefined
  if (key === undefined) {
    return false
  }
  const odoo = request.scope.resolve<OdooModuleService>(ODOO_MODULE)
  const keyed = {
    // a slash at the end, or the case of the route's own name, makes no other route
    scope: `${request.method} ${request.baseUrl.toLowerCase()}${request.path.replace(/(?<=.)\/$/, "")}`,
    key,
    fingerprint: fingerprintOf(request.body),
  }
  const receipt = await firstAnswer(() => odoo.openReceipt(keyed))
  switch (receipt.state) {
    case "new":
      taken.set(request, { id: receipt.id, outcome: receipt.outcome })
      keepAnswer(request, response, receipt.id)
      return false
    case "answered":
      // by way of `json`, which a route may have taught another form
      response.set("Idempotent-Replayed", "true").status(receipt.status).json(JSON.parse(receipt.body))
      return true
    case "another body":
      throw new WireError("CONFLICT", "This idempotency key came with another body before. Each request needs a key of its own.")
    case "at work":
      response.set("Retry-After", String(RETRY_AFTER_S))
      throw new WireError("CONFLICT", "The first request with this idempotency key is still being worked on. Send it again later.")
  }
}

/** The same as a middleware: whatever was not answered before goes on to its route. */
export async function replayAnswer(request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  if (!(await answeredBefore(request, response))) {
    next()
  }
}
