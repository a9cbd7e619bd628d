import { ODOO } from "../../modules/odoo/odoo-destination"
import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { withinTime } from "../../odoo-client"
import type { Message, Sent, Target } from "../../outbox/target"
import type { ReplyLink } from "../../wire/reply"
import { sessionOf, type Session } from "./session"
import { tellCustomer } from "./tell-customer"
import { tellOrder } from "./tell-order"
import { failureOf } from "./verdict"

type Tell = (session: Session, recordId: string, isNew: boolean) => Promise<ReplyLink | null>

/** How the records of each kind are told. */
const TELL: Readonly<Record<string, Tell>> = { customer: tellCustomer, order: tellOrder }

async function tell(session: Session, { isTest, record_kind: kind, record_id: id, name }: Message): Promise<ReplyLink | null> {
  if (isTest === true) {
    // needs a user that Odoo accepts, and changes nothing
    await session.client.call("res.users", "context_get")
    return null
  }
  return (await TELL[kind]?.(session, id, name === `${kind}.created`)) ?? null
}

/**
 * The direct connection: what a stock Odoo has instead of a program that takes events. An event says only that a record has changed;
 * what is written into Odoo is the record as it is now. So a repeated event does no harm, and a late one nothing that is outdated.
 */
export const odooTarget: Target = {
  kind: ODOO,
  isReady: (container) => container.resolve<OdooModuleService>(ODOO_MODULE).options.odoo.connection !== null,
  render: ({ body }) => body,
  send: async (container, message, destination): Promise<Sent> => {
    const startedAt = new Date()
    const attempt = (status: number | null) => ({ started_at: startedAt, duration_ms: Date.now() - startedAt.getTime(), http_status: status, reply: null })
    const session = sessionOf(container)
    if (session === null) {
      const failure = { class: "transport" as const, message: "The options no longer name an Odoo. Set odoo.url, odoo.username and odoo.password.", reason: null }
      return { attempt: attempt(null), verdict: { delivered: false, failure }, retryAfterMs: null }
    }
    try {
      // no attempt may outlast its lease: another one would begin beside it
      const link = await withinTime(destination.timeout_ms, () => tell(session, message))
      return { attempt: attempt(null), verdict: { delivered: true, link }, retryAfterMs: null }
    } catch (error) {
      const { status, ...judged } = failureOf(error)
      return { attempt: attempt(status), ...judged }
    }
  },
}
