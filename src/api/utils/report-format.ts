import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import { compareStockQuery } from "../../wire/schemas/inventory"
import type { StockReport } from "../../wire/stock-report"
import { REPORT_FILE, stockReportCsv } from "../../wire/stock-report-csv"
import { validate, validateQuery } from "../../wire/validate"

/** The path of the report, below `/odoo`. */
const COMPARE = /^\/inventory\/compare\/?$/i

/** Whether a request asks for CSV: in its body, else in its query, else in its `Accept` header. */
function asksForCsv(request: MedusaRequest): boolean {
  const body: unknown = request.body
  const inBody = typeof body === "object" && body !== null && "format" in body ? body.format : undefined
  const { format } = validate(compareStockQuery, { format: inBody })
  const asked = format ?? validateQuery(compareStockQuery, request.query).format ?? request.accepts(["json", "csv"])
  return asked === "csv"
}

/**
 * Sends a report as CSV where the request asks for it. Runs before the middleware of idempotency keys, which saves the report as
 * JSON, so that a repeat can ask for another format. Errors stay JSON.
 * @throws WireError `VALIDATION_ERROR` for an unknown format
 */
export function reportAsAsked(request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): void {
  if (request.method === "POST" && COMPARE.test(request.path) && asksForCsv(request)) {
    const sendJson = response.json.bind(response)
    response.json = (body: unknown) =>
      response.statusCode < 300 ? response.attachment(REPORT_FILE).send(stockReportCsv(body as StockReport)) : sendJson(body)
  }
  next()
}
