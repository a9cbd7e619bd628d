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

/** How long a repeat waits for the answer to the first request, and how often it checks; milliseconds. */
const PATIENCE_MS = 20_000
const LOOK_EVERY_MS = 100

/** The `Retry-After` of a repeat that waited in vain; seconds. */
const RETRY_AFTER_S = 30

/**
 * Reads the idempotency key of a request, from its header or its body.
 * @returns undefined where the request has none
 * @throws WireError `VALIDATION_ERROR` for a malformed key
 */
export function idempotencyKeyOf(request: MedusaRequest): string | undefined {
  const body: unknown = request.body
  const keys = validate(idempotencyKeys, {
    "Idempotency-Key": request.headers["idempotency-key"],
    event_id: typeof body === "object" && body !== null && "event_id" in body ? body.event_id : undefined,
  })
  return keys["Idempotency-Key"] ?? keys.event_id
}

/** A digest of a body. The order of the members makes no difference. */
const fingerprintOf = (body: unknown) => createHash("sha256").update(stringify(body) ?? "").digest("hex")

/** Opens the receipt of a key, and waits while the first request with that key is still running. */
async function firstAnswer(open: () => Promise<Receipt>): Promise<Receipt> {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    const receipt = await open()
    if (receipt.state !== "at work" || Date.now() > end) {
      return receipt
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** The idempotency keys of running requests. */
const taken = new WeakMap<MedusaRequest, OpenReceipt>()

/** The receipt that a request holds, to be completed together with its effect; undefined for a request without a key. */
export const receiptOf = (request: MedusaRequest): OpenReceipt | undefined => taken.get(request)

/** How often a running request renews its lease on the key, and for how long; milliseconds. */
const RENEW_EVERY_MS = 20_000
const AT_WORK_MS = 15 * 60_000

/**
 * Renews the lease on a key while its request runs.
 * @returns stops the renewal
 */
function renewKey(odoo: OdooModuleService, receiptId: string): () => void {
  const since = Date.now()
  const timer = setInterval(() => {
    if (Date.now() - since > AT_WORK_MS) {
      clearInterval(timer)
      return
    }
    // after a failure another request may take over the key, and the effect of this request is rolled back
    odoo.idempotency.renew(receiptId).catch(() => undefined)
  }, RENEW_EVERY_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}

/** Saves a successful answer before it is sent. After an error the key is released. */
function keepAnswer(request: MedusaRequest, response: MedusaResponse, receiptId: string): void {
  const odoo = request.scope.resolve<OdooModuleService>(ODOO_MODULE)
  const send = response.json.bind(response)
  const stopRenewal = renewKey(odoo, receiptId)
  response.json = (body: unknown) => {
    stopRenewal()
    const { statusCode: status } = response
    const kept =
      status < 300 ? odoo.idempotency.complete(receiptId, { status, body: JSON.stringify(body) }) : odoo.idempotency.release(receiptId)
    kept
      .catch((error: unknown) => {
        // the change is committed, so the caller gets the answer although it could not be saved
        request.scope
          .resolve(ContainerRegistrationKeys.LOGGER)
          .error(`odoo: the answer to an idempotency key was not kept: ${describeError(error)}`)
      })
      .finally(() => send(body))
    return response
  }
}

/**
 * Answers a request with a known idempotency key by the saved answer, and saves the answer to a new key (contract 1,
 * "Idempotency"). Only successes are saved: an error has changed nothing, and the request may succeed later.
 * @returns whether the request has been answered
 * @throws WireError `CONFLICT` when the key came with another body, or when its first request is still at work;
 *   `VALIDATION_ERROR` for a malformed key
 */
export async function replayIfKnown(request: MedusaRequest, response: MedusaResponse): Promise<boolean> {
  const key = CHANGING.includes(request.method) ? idempotencyKeyOf(request) : undefined
  if (key === undefined) {
    return false
  }
  const odoo = request.scope.resolve<OdooModuleService>(ODOO_MODULE)
  const keyed = {
    // a trailing slash, and the case of the path of the route, make no difference
    scope: `${request.method} ${request.baseUrl.toLowerCase()}${request.path.replace(/(?<=.)\/$/, "")}`,
    key,
    fingerprint: fingerprintOf(request.body),
  }
  const receipt = await firstAnswer(() => odoo.idempotency.open(keyed))
  switch (receipt.state) {
    case "new":
      taken.set(request, { id: receipt.id, outcome: receipt.outcome })
      keepAnswer(request, response, receipt.id)
      return false
    case "answered":
      // through `response.json`, which a middleware may have replaced for CSV
      response.set("Idempotent-Replayed", "true").status(receipt.status).json(JSON.parse(receipt.body))
      return true
    case "another body":
      throw new WireError("CONFLICT", "This idempotency key came with another body before. Each request needs a key of its own.")
    case "at work":
      response.set("Retry-After", String(RETRY_AFTER_S))
      throw new WireError("CONFLICT", "The first request with this idempotency key is still being worked on. Send it again later.")
  }
}

/** {@link replayIfKnown} as a middleware: a request that is not answered goes on to its route. */
export async function replayAnswer(request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  if (!(await replayIfKnown(request, response))) {
    next()
  }
}
