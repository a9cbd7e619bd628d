import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { createHash } from "crypto"
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { WireError } from "../../wire/errors"

const MINUTE_S = 60

const limiters = new Map<number, RateLimiterMemory>()

function limiterFor(perMinute: number): RateLimiterMemory {
  const limiter = limiters.get(perMinute) ?? new RateLimiterMemory({ points: perMinute, duration: MINUTE_S })
  limiters.set(perMinute, limiter)
  return limiter
}

/** Identifies the caller of a request by its API key, else its token, else its session. Gives a digest, because these are secrets. */
function callerOf(request: MedusaRequest): string {
  const { "x-odoo-api-key": key, authorization, cookie } = request.headers
  return createHash("sha256").update(JSON.stringify(key ?? authorization ?? cookie ?? "")).digest("base64")
}

/**
 * Counts a request of a caller.
 * @throws WireError `RATE_LIMIT_EXCEEDED`; with `Retry-After`
 */
async function count(request: MedusaRequest, response: MedusaResponse, caller: string): Promise<void> {
  const { rateLimit } = request.scope.resolve<OdooModuleService>(ODOO_MODULE).options
  if (rateLimit === 0) {
    return
  }
  await limiterFor(rateLimit)
    .consume(caller)
    .catch((refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) {
        throw refused
      }
      const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
      response.set("Retry-After", String(seconds))
      throw new WireError("RATE_LIMIT_EXCEEDED", `More than ${String(rateLimit)} requests in a minute. There is room again in ${String(seconds)} s.`, {
        retry_after_seconds: seconds,
      })
    })
}

/** Counts a request without access by its IP address, so that guessing keys is limited too. */
export async function limitAnonymous(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  await count(request, response, `stranger ${request.ip ?? ""}`)
}

/**
 * Limits the requests of a caller in a minute (option `rateLimit`). Each process counts for itself.
 * @throws WireError `RATE_LIMIT_EXCEEDED`
 */
export async function limitRate(request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  await count(request, response, callerOf(request))
  next()
}
