import type { Outcome } from "../types"

/** The columns for a failure: its class, and a message with Odoo's reason. Nulls after a success. */
export function failureColumns(outcome: Outcome): { errorClass: string | null; errorMessage: string | null } {
  if (outcome.status === "delivered") {
    return { errorClass: null, errorMessage: null }
  }
  const { class: errorClass, message, reason } = outcome.failure
  return { errorClass, errorMessage: reason === null ? message : `${message} It said: ${reason}` }
}
