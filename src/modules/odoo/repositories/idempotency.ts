import type { Db } from "../../../database/statement"
import { deleteExpiredReceipts } from "../sql/delete-expired-receipts"
import { openReceipt, type KeyedRequest } from "../sql/open-receipt"
import { selectReceipt } from "../sql/select-receipt"
import { completeReceipt, keepOutcome, releaseReceipt, renewReceipt } from "../sql/update-receipt"
import type { Receipt } from "../types"
import type { RepositoryContext } from "./context"
import { removeAll } from "./remove-all"

/** How long a request holds an idempotency key without renewing its lease; milliseconds. */
const LEASE_MS = 60_000

/** Idempotency keys, and the answers to the requests that brought them. */
export class IdempotencyRepository {
  constructor(private readonly context: RepositoryContext) {}

  /** Leases a new idempotency key to a request, or reads the state of a known one (contract 1). */
  async open(request: KeyedRequest): Promise<Receipt> {
    const open = await openReceipt(this.context.db, { ...request, ttlMs: this.context.options.idempotencyTtl, leaseMs: LEASE_MS })
    if (open !== undefined) {
      return { state: "new", ...open }
    }
    const receipt = await selectReceipt(this.context.db, request)
    if (receipt === undefined) {
      // the key was released between the two statements
      return { state: "at work" }
    }
    if (receipt.fingerprint !== request.fingerprint) {
      return { state: "another body" }
    }
    return receipt.status === null || receipt.body === null
      ? { state: "at work" }
      : { state: "answered", status: receipt.status, body: receipt.body }
  }

  /** Renews the lease of a request on its idempotency key. */
  async renew(id: string): Promise<void> {
    await renewReceipt(this.context.db, id, LEASE_MS)
  }

  /**
   * Saves the outcome of a request in the transaction of its effect.
   * @param outcome JSON
   * @returns false where another request has taken over the key: then the transaction must be rolled back
   */
  async keepOutcome(transaction: Db, id: string, outcome: string): Promise<boolean> {
    return await keepOutcome(transaction, id, outcome)
  }

  /** Saves the answer to the idempotency key of a request. */
  async complete(id: string, answer: { status: number; body: string }): Promise<void> {
    await completeReceipt(this.context.db, id, answer)
  }

  /** Releases the idempotency key of a failed request. Its outcome stays, so that an effect is not repeated. */
  async release(id: string): Promise<void> {
    await releaseReceipt(this.context.db, id)
  }

  /** Removes the keys that have expired. */
  async prune(): Promise<void> {
    await removeAll((limit) => deleteExpiredReceipts(this.context.db, limit))
  }
}
