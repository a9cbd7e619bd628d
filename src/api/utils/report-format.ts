import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

import { compareStockQuery } from "../../wire/schemas/inventory"
import type { StockReport } from "../../wire/stock-report"
import { REPORT_FILE, stockReportCsv } from "../../wire/stock-report-csv"
import { validate } from "../../wire/validate"

/** Where reports are answered, below `/odoo`. */
const COMPARE = /^\/inventory\/compare\/?$/i

/** Whether a request asks for CSV: in its body, else in its query, else by what it accepts. */
function asksForCsv(request: MedusaRequest): boolean {
  const body: unknown = request.body
  const inBody = typeof body === "object" && body !== null && "format" in body ? body.format : undefined
  const { format } = validate(compareStockQuery, { format: inBody })
  const asked = format ?? validate(compareStockQuery, request.query).format ?? request.accepts(["json", "csv"])
  return asked === "csv"
}

/**
 * Has a report leave as CSV where that is asked for. It stands before the middleware that answers repeats: what is kept
 * of an answer is the report, so that a repeat gets it in the form that it asks for as well. Errors stay what they are.
 * @throws WireError `VALIDATION_ERROR` for a form that there is not
 */
export function reportAsAsked(request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): void {
  if (request.method === "POST" && COMPARE.test(request.path) && asksForCsv(request)) {
    const sendJson = response.json.bind(response)
    response.json = (body: unknown) =>
      response.statusCode < 300 ? response.attachment(REPORT_FILE).send(stockReportCsv(body as StockReport)) : sendJson(body)
  }
  next()
}
