import type { Page } from "../../../database/page"
import type { PageRequest } from "../../../wire/list"
import { deleteSettledRefusals } from "../sql/delete-settled-refusals"
import { dismissRefusal, noteRefusal, settleRefusal } from "../sql/note-refusal"
import { countOpenRefusals } from "../sql/select-delivery-summary"
import { selectRefusal, selectRefusalPage, type RefusalFilters } from "../sql/select-refusal-page"
import type { NewRefusal, RefusalRow, Said } from "../types"
import type { RepositoryContext } from "./context"
import { removeAll } from "./remove-all"

/** Requests of Odoo's that Medusa has refused, kept for a person. */
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

  /** A refusal by its id; undefined where there is none. */
  async of(id: string): Promise<RefusalRow | undefined> {
    return await selectRefusal(this.context.db, id)
  }

  /** One page of refusals, oldest first. */
  async page(filters: RefusalFilters, request: PageRequest): Promise<Page<RefusalRow>> {
    return await selectRefusalPage(this.context.db, filters, request)
  }

  /** The number of open refusals. */
  async countOpen(): Promise<number> {
    return await countOpenRefusals(this.context.db)
  }

  /** Removes refusals that were settled longer ago than the option `retention` says. */
  async prune(): Promise<void> {
    await removeAll((limit) => deleteSettledRefusals(this.context.db, { olderThanMs: this.context.options.retention, limit }))
  }
}
