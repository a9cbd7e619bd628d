import type { MedusaContainer } from "@medusajs/framework/types"

import type { Db } from "../../database/statement"
import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { OpenReceipt } from "../../modules/odoo/types"
import { WireError } from "../../wire/errors"

/**
 * Reads the outcome of an earlier request with the same idempotency key, whose process died before it answered.
 * @returns undefined where no earlier request had an effect, so that the work has to be done
 */
export function earlierOutcome(receipt: OpenReceipt | undefined): unknown {
  return receipt?.outcome ? JSON.parse(receipt.outcome) : undefined
}

/**
 * Saves the outcome of a request in the transaction of its effect, so that a repeat finds both or neither.
 * @throws WireError `CONFLICT` when another request has taken over the key; the caller's transaction must be rolled back
 */
export async function saveOutcome(
  container: MedusaContainer,
  transaction: Db,
  receipt: OpenReceipt | undefined,
  outcome: unknown
): Promise<void> {
  const { idempotency } = container.resolve<OdooModuleService>(ODOO_MODULE)
  if (receipt !== undefined && !(await idempotency.keepOutcome(transaction, receipt.id, JSON.stringify(outcome)))) {
    throw new WireError("CONFLICT", "A later request with this idempotency key has taken over. This one has changed nothing.")
  }
}
