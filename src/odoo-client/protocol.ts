import type { OdooCall } from "./connection"

/** An answer of the server, with any status. */
export type HttpAnswer = {
  status: number
  body: string
  /** the header `Retry-After`; empty where there is none */
  retryAfter: string
}

/** A protocol in which a method of Odoo can be called. */
export interface Protocol {
  /**
   * Calls a method once.
   * @returns the method's result, as JSON
   * @throws OdooError
   */
  call(call: OdooCall): Promise<unknown>
}
