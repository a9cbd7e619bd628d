import { deleteSettledRefusals } from "../sql/delete-settled-refusals"
import { dismissRefusal, noteRefusal, settleRefusal } from "../sql/note-refusal"
import { countOpenRefusals } from "../sql/select-delivery-summary"
import type { NewRefusal, Said } from "../types"
import type { RepositoryContext } from "./context"
import { removeAll } from "./remove-all"

/** What Odoo has said and Medusa has refused, kept for a person. */
export class RefusalRepository {
  constructor(private readonly context: RepositoryContext) {}

  /** Keeps a refusal for a person to see; a repeat of the same request is counted. */
  async note(refusal: NewRefusal): Promise<void> {
    await noteRefusal(this.context.db, refusal)
  }

  /** Settles the open refusal of a request that was accepted now. */
  async settle(said: Said): Promise<void> {
    await settleRefusal(this.context.db, said)
  }

  /** Settles a refusal with the reason of a person. @returns whether it was open */
  async dismiss(id: string, reason: string): Promise<boolean> {
    return await dismissRefusal(this.context.db, id, reason)
  }

  /** The number of open refusals. */
  async countOpen(): Promise<number> {
    return await countOpenRefusals(this.context.db)
  }

  /** Removes what was settled longer ago than the option `retention` says. */
  async prune(): Promise<void> {
    await removeAll((limit) => deleteSettledRefusals(this.context.db, { olderThanMs: this.context.options.retention, limit }))
  }
}
