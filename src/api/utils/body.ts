import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import bodyParser from "body-parser"
import bytes from "bytes"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { describeError } from "../../utils/describe-error"
import { invalidInput, WireError } from "../../wire/errors"

type Parser = ReturnType<typeof bodyParser.json>

const parsers = new Map<number, Parser>()

function parserFor(limit: number): Parser {
  const parser = parsers.get(limit) ?? bodyParser.json({ limit, type: ["application/json", "application/*+json"] })
  parsers.set(limit, parser)
  return parser
}

/** Translates an error of the parser, whose own text quotes the body, into one of the wire. */
function toBodyError(error: unknown, limit: number): Error {
  const { type, status } = error as { type?: unknown; status?: unknown }
  switch (type) {
    case "entity.too.large":
      return new WireError("PAYLOAD_TOO_LARGE", `The body is larger than ${bytes.format(limit) ?? String(limit)}. The option bodyLimit sets how large it may be.`, {
        limit_bytes: limit,
      })
    case "entity.parse.failed":
      return invalidInput("", "The body is not valid JSON.")
    default:
      // damaged compression, an unknown charset, a wrong length: other faults of the request
      return typeof status === "number" && status < 500
        ? invalidInput("", "The body can not be read: its encoding, charset or length is wrong.")
        : new Error(`the body could not be read: ${describeError(error)}`)
  }
}

/** How many levels of lists and objects a body may have. The schemas need six; very deep bodies exhaust the stack of other code. */
const MAX_DEPTH = 64

const isNested = (value: unknown): value is object => typeof value === "object" && value !== null

/** Whether lists and objects are nested deeper than `depth`. The check itself goes no deeper. */
function isDeeperThan(value: object, depth: number): boolean {
  if (depth === 0) {
    return true
  }
  const entries: unknown[] = Array.isArray(value) ? value : Object.values(value)
  return entries.some((entry) => isNested(entry) && isDeeperThan(entry, depth - 1))
}

const hasBody = (request: MedusaRequest) =>
  request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0

/**
 * Reads a JSON body. Medusa's own parser is switched off under `/odoo`: it runs before access is checked, has a fixed limit
 * instead of the option `bodyLimit`, and its errors are answered by the host's error handler.
 * @throws WireError `PAYLOAD_TOO_LARGE`; `VALIDATION_ERROR` for a body that is not JSON or nested too deep
 */
export async function readBody(request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  const { bodyLimit } = request.scope.resolve<OdooModuleService>(ODOO_MODULE).options
  if (hasBody(request) && !request.is(["application/json", "application/*+json"])) {
    throw invalidInput("", "The body must be JSON, with content-type: application/json.")
  }
  await new Promise<void>((resolve, reject) => {
    parserFor(bodyLimit)(request, response, (error?: unknown) => {
      if (error === undefined) {
        resolve()
      } else {
        reject(toBodyError(error, bodyLimit))
      }
    })
  })
  if (isNested(request.body) && isDeeperThan(request.body, MAX_DEPTH)) {
    throw invalidInput("", `The body is nested deeper than ${String(MAX_DEPTH)} levels.`)
  }
  next()
}
