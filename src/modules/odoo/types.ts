import type { EventName } from "../../wire/events"
import type { Position } from "../../wire/list"
import type { DeliveryFailure, FailureClass, ReplyLink } from "../../wire/reply"

/** What Odoo is told about: an order or a customer of Medusa. */
export type RecordKind = "order" | "customer"

/** A record as it was seen; the members that do not fit its kind are null. */
export type RecordState = {
  record_kind: RecordKind
  record_id: string
  status: string | null
  fulfillment_status: string | null
  payment_status: string | null
  /** of a customer: a digest of each field, by its name */
  profile: Record<string, string> | null
  /** of a customer */
  address_ids: string[] | null
  /** changes with every row that the record was read from */
  source_mark: string
}

/** What of an order can be told of its state. */
export type OrderStatusField = "status" | "fulfillment_status" | "payment_status"

/** A record as it was last seen. */
export type KnownState = RecordState & {
  version: number
  /** whether the event that it was created is written */
  is_announced: boolean
  /** what Odoo is making of it at this moment: `status=canceled` */
  told_by_odoo: string[]
}

/** A record as it is now, compared with how it was last seen. */
export type Observation = {
  state: RecordState
  /** which version of the state it was compared with; null for a record that was not seen before */
  version: number | null
  /** whether it differs from that */
  changed: boolean
  /** what Odoo is to be told of it; null for nothing */
  event: NewEvent | null
}

/** An event that is about to be written; `body` is the exact text that will be sent. */
export type NewEvent = { name: EventName; body: string }

/** An event under a lease of ours. */
export type ClaimedEvent = {
  id: string
  record_kind: RecordKind
  record_id: string
  name: string
  body: string
  /** how many attempts came before */
  attempts: number
  /** how many of them came before a person has replayed it */
  attempts_before_replay: number
  lease_id: string
}

/** One try to deliver, as it is written down. */
export type Attempt = {
  started_at: Date
  duration_ms: number
  http_status: number | null
  /** what was answered, cut and redacted; null where nothing was */
  reply: string | null
}

/** What came of a try. */
export type Outcome =
  | { status: "delivered"; link: ReplyLink | null }
  | { status: "waiting"; retryInMs: number; failure: DeliveryFailure }
  | { status: "failed"; failure: DeliveryFailure }

/** An attempt at an event that is ours, with its outcome. */
export type Attempted = { event: ClaimedEvent; attempt: Attempt; outcome: Outcome }

/** What Odoo says that it calls a record. */
export type NewLink = { kind: RecordKind; recordId: string; odooId: string; odooName: string | null }

/** What Odoo calls a record, as it stands in our table. */
export type Link = {
  record_id: string
  odoo_id: string
  odoo_name: string | null
  odoo_status: string | null
  synced_at: Date
}

/** What settling an attempt has made of its event, and the link where there is a new one. */
export type Settled = { status: Outcome["status"] | null; link?: Link | undefined }

/** A key that this request has taken. */
export type OpenReceipt = {
  id: string
  /** JSON of what an earlier request with the same key has brought about before it died; null where nothing was done yet */
  outcome: string | null
}

/** What an idempotency key stands for when a request brings it. */
export type Receipt =
  | ({ state: "new" } & OpenReceipt)
  | { state: "answered"; status: number; body: string }
  | { state: "at work" }
  | { state: "another body" }

/** How far the looking for what no hint told has come, for one kind of record. */
export type Sweep = {
  /** what was made before is noted without being sent */
  installed_at: Date
  /** up to where that is noted, the newest first; null at its start */
  baseline_position: Position | null
  baseline_done_at: Date | null
  /** what changed before was looked at */
  swept_until: Date
  reconciled_at: Date | null
  /** when this sweep began, by the database's clock */
  started_at: Date
}

/** An event as people see it, without its body. */
export type EventRow = {
  id: string
  record_kind: RecordKind
  record_id: string
  name: string
  status: "pending" | "waiting" | "failed" | "delivered" | "dismissed"
  /** the open event of the same record that it waits behind */
  waiting_behind: string | null
  /** whether an attempt is under way */
  in_flight: boolean
  attempts: number
  next_attempt_at: Date
  error_class: string | null
  error_message: string | null
  created_at: Date
  delivered_at: Date | null
  dismissed_at: Date | null
  dismissal: string | null
}

/** An attempt as people see it. */
export type AttemptRow = Attempt & { number: number; error_class: string | null; error_message: string | null }

/** Which events are meant; what is undefined does not narrow them. `behind` are those that wait behind another one. */
export type EventFilters = {
  status?: readonly (EventRow["status"] | "behind")[] | undefined
  recordKind?: RecordKind | undefined
  recordId?: string | undefined
  name?: string | undefined
  errorClass?: readonly FailureClass[] | undefined
  since?: Date | undefined
  until?: Date | undefined
  ids?: readonly string[] | undefined
}

/**
 * How many events a replay has made due again (`replayed`), found that Odoo has them by now (`acknowledged`), or left as
 * they were: because they were delivered, are being sent, are due already, were dismissed and not asked for, or
 * were dismissed and Odoo was told something later of the record.
 */
export type ReplayCount = {
  outcome: "replayed" | "acknowledged" | "delivered" | "in_flight" | "pending" | "dismissed" | "superseded"
  count: number
}

/** Something that Odoo has said of a record: an event's type, or a method and what it asked for. */
export type Said = { kind: RecordKind; recordId: string; said: string }

/** Something that Medusa has refused. */
export type NewRefusal = Said & { code: string; message: string; details: Record<string, unknown> }

/** A refusal as people see it. */
export type RefusalRow = {
  id: string
  record_kind: RecordKind
  record_id: string
  said: string
  code: string
  message: string
  details: Record<string, unknown> | null
  times: number
  created_at: Date
  refused_at: Date
  settled_at: Date | null
  dismissal: string | null
}
