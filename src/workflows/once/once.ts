import type { Db } from "../../modules/odoo/sql/db"
import { keepOutcome } from "../../modules/odoo/sql/settle-receipt"
import type { OpenReceipt } from "../../modules/odoo/types"
import { WireError } from "../../wire/errors"

/**
 * What an earlier request with the same idempotency key came to, before it died without an answer.
 * @returns undefined where it had no effect: then the work is to be done
 */
export function doneBefore(receipt: OpenReceipt | undefined): unknown {
  return receipt?.outcome ? JSON.parse(receipt.outcome) : undefined
}

/**
 * Notes what a request comes to in the transaction of its effect, so that a repeat finds either both or neither.
 * @throws WireError `CONFLICT` when another request has taken the key over meanwhile; the effect is to be rolled back
 */
export async function noteDone(transaction: Db, receipt: OpenReceipt | undefined, outcome: unknown): Promise<void> {
  if (receipt !== undefined && !(await keepOutcome(transaction, receipt.id, JSON.stringify(outcome)))) {
    throw new WireError("CONFLICT", "A later request with this idempotency key has taken over. This one has changed nothing.")
  }
}
