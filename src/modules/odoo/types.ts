import type { DeliveryFailure, ReplyLink } from "../../wire/reply"

/** What Odoo is told about: an order or a customer of Medusa. */
export type RecordKind = "order" | "customer"

/** A record as it was last seen; the members that do not fit its kind are null. */
export type RecordState = {
  record_kind: RecordKind
  record_id: string
  status: string | null
  fulfillment_status: string | null
  payment_status: string | null
}

/** An event that is about to be written; `body` is the exact text that will be sent. */
export type NewEvent = { name: string; body: string }

/** An event under a lease of ours. */
export type ClaimedEvent = {
  id: string
  record_kind: RecordKind
  record_id: string
  name: string
  body: string
  /** how many attempts came before */
  attempts: number
  lease_id: string
}

/** One try to deliver, as it is written down. */
export type Attempt = {
  started_at: Date
  duration_ms: number
  http_status: number | null
}

/** What came of a try. */
export type Outcome =
  | { status: "delivered"; link: ReplyLink | null }
  | { status: "waiting"; retryInMs: number; failure: DeliveryFailure }
  | { status: "failed"; failure: DeliveryFailure }

/** What Odoo calls a record, as it stands in our table. */
export type Link = {
  record_id: string
  odoo_id: string
  odoo_name: string | null
  odoo_status: string | null
  synced_at: Date
}

/** What settling an attempt has made of its event, and the link where there is a new one. */
export type Settled = { status: Outcome["status"] | null; link?: Link }

/** What an idempotency key stands for when a request brings it. */
export type Receipt =
  | { state: "new"; id: string }
  | { state: "answered"; status: number; body: string }
  | { state: "at work" }
  | { state: "another body" }
