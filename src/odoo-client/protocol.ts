import type { OdooCall } from "./connection"

/** An answer of the server, whatever its status. */
export type HttpAnswer = {
  status: number
  body: string
  /** the header `Retry-After`; empty where there is none */
  retryAfter: string
}

/** A way to have Odoo call a method. */
export interface Protocol {
  /**
   * Calls a method once.
   * @returns the method's result, as JSON
   * @throws OdooError
   */
  call(call: OdooCall): Promise<unknown>
}
