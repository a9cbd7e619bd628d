import { MedusaError } from "@medusajs/framework/utils"

import { WireError } from "../../wire/errors"

/** The types of Medusa's errors that mean that the state of an order does not allow a change. */
const REFUSALS: readonly string[] = [
  MedusaError.Types.CONFLICT,
  MedusaError.Types.INVALID_DATA,
  MedusaError.Types.NOT_ALLOWED,
  MedusaError.Types.NOT_FOUND,
  MedusaError.Types.PAYMENT_AUTHORIZATION_ERROR,
]

/**
 * Runs a workflow of Medusa with valid input, so that a refusal of Medusa's is due to the state of the order. The error is
 * recognized by its members and not by its class, because a workflow engine may return a plain copy.
 * @throws WireError `CONFLICT` with Medusa's own reason; other errors as they are
 */
export async function orConflict<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { type, message } = (error ?? {}) as { type?: unknown; message?: unknown }
    if (typeof type === "string" && REFUSALS.includes(type) && typeof message === "string") {
      throw new WireError("CONFLICT", message)
    }
    throw error
  }
}
