import type { Position } from "../../wire/list"
import type { Origin } from "../../wire/origin"
import type { DeliveryFailure, FailureClass, ReplyLink } from "../../wire/reply"

/** A kind of record: `order`, `customer`, or the kind of another registered record type (see `records/`). */
export type RecordKind = string

/** The stored data of a record that its record type compares: JSON, without personal data. */
export type Snapshot = Readonly<Record<string, unknown>>

/** A record as it was captured. */
export type RecordSnapshot = {
  record_kind: RecordKind
  record_id: string
  snapshot: Snapshot
  /** differs after any change of a row that the record was read from */
  source_version: string
}

/** The fields of an order that `order.status_updated` tells. */
export type OrderStatusField = "status" | "fulfillment_status" | "payment_status"

/** The stored snapshot of a record. */
export type KnownSnapshot = RecordSnapshot & {
  version: number
  /** whether the `<kind>.created` event of the record is written */
  is_announced: boolean
  /** the ids of the destinations that an event `<kind>.created` of the record is written for */
  announced_to: string[]
  /** the changes that Odoo is making at the moment: `status=canceled` */
  echo_suppressed: string[]
}

/** The result of comparing a record with its snapshot. */
export type Observation = {
  seen: RecordSnapshot
  /** the version of the compared snapshot; null for a record without a snapshot */
  version: number | null
  /** whether the record differs from the snapshot */
  changed: boolean
  /** the event of the change; null for none */
  event: NewEvent | null
  /** whether Odoo itself made the change */
  isInbound?: boolean
  /** the id of the only destination that is told; all that ask for the event where it is missing */
  destination?: string | undefined
}

/** An event to be written; `body` is the exact text that is sent. */
export type NewEvent = { name: string; body: string }

/** The settings of a destination, from the options or a subscriber. */
export type DestinationSettings = {
  id: string
  /** the kind of target that sends to this destination */
  kind: string
  /** whether the destination is Odoo, which is not told its own changes */
  isOdoo: boolean
  /** the names of the events that the destination receives */
  events: readonly string[]
  /** how many deliveries a process sends at once */
  concurrency: number
  timeoutMs: number
  /** the waits after each failed attempt; after the last one the delivery has failed, and waits for a person */
  retryScheduleMs: readonly number[]
  /** whether deliveries that failed because of an outage are sent again after it, without a person */
  replaysAfterOutage: boolean
}

/** A destination in the plugin's table. */
export type Destination = {
  id: string
  kind: string
  is_odoo: boolean
  events: string[]
  concurrency: number
  timeout_ms: number
  retry_schedule_ms: number[]
  replays_after_outage: boolean
  paused_at: Date | null
  pause_reason: string | null
  /** how many attempts in a row failed as in an outage */
  failures: number
  /** when the first such attempt since the last delivered one was made */
  failing_since: Date | null
  /** the record of the attempts in a row, `*` for several */
  failing_record: string | null
  /** since when the destination is down, and only single probes are sent; null while it is up */
  down_since: Date | null
  probe_at: Date | null
}

/** A delivery that this process has leased, with the body of its event. */
export type ClaimedDelivery = {
  id: string
  event_id: string
  destination_id: string
  record_kind: RecordKind
  record_id: string
  name: string
  body: string
  /** the number of earlier attempts */
  attempts: number
  /** how many of the earlier attempts do not count for the schedule */
  attempts_before_replay: number
  lease_id: string
  /** whether the attempt is a probe of a destination that is down: a failure as in an outage does not count */
  is_probe: boolean
}

/** One attempt to deliver, as it is stored. */
export type Attempt = {
  started_at: Date
  duration_ms: number
  http_status: number | null
  /** the reply, cut and redacted; null without a reply */
  reply: string | null
}

/** The outcome of an attempt; `pending` for a probe that showed that the outage continues. */
export type Outcome =
  | { status: "delivered"; link: ReplyLink | null }
  | { status: "waiting"; retryInMs: number; failure: DeliveryFailure; isHeld?: true }
  | { status: "pending" | "failed"; failure: DeliveryFailure }

/** An attempt at a claimed delivery, with its outcome. */
export type Attempted = {
  delivery: ClaimedDelivery
  attempt: Attempt
  outcome: Outcome
  /** whether the attempt failed as in an outage: no connection, time-out, 429 or 5xx */
  isOutage: boolean
  /** how long the receiver asked to wait; milliseconds, null where it did not ask */
  retryAfterMs: number | null
}

/** A link to be written: the id and name that Odoo has for a record. */
export type NewLink = { kind: RecordKind; recordId: string; odooId: string; odooName: string | null }

/** A link in the plugin's table: the id and name that Odoo has for a record. */
export type Link = {
  record_id: string
  odoo_id: string
  odoo_name: string | null
  odoo_status: string | null
  synced_at: Date
}

/** A delivery after its attempt: the status, and the link where it is new. A null status: the lease was lost, nothing is written. */
export type DeliveryAfter = { status: DeliveryStatus | null; link?: Link | undefined }

/** The state of a destination after some attempts. */
export type DestinationState = {
  isPaused: boolean
  isDown: boolean
  /** the change by these attempts; `revived`: how many failed deliveries are sent again */
  turn: { to: "down" } | { to: "up"; revived: number } | null
}

/** A compared record: the version of its snapshot, and the version of its rows before they were read. */
export type Compared = { id: string; version: number; sourceVersion: string }

/** An idempotency key that a request holds. */
export type OpenReceipt = {
  id: string
  /** JSON of the outcome of an earlier request with the same key, which died before it answered; null where there is none */
  outcome: string | null
}

/** The state of an idempotency key when a request arrives with it. */
export type Receipt =
  | ({ state: "new" } & OpenReceipt)
  | { state: "answered"; status: number; body: string }
  | { state: "at work" }
  | { state: "another body" }

/** The progress of the sweeps of one kind of record. */
export type Sweep = {
  /** records created before this time belong to the baseline */
  installed_at: Date
  /** the position in the baseline, which is written newest first; null at its start */
  baseline_position: Position | null
  baseline_done_at: Date | null
  /** changes before this time have been captured */
  swept_until: Date
  reconciled_at: Date | null
  /** when the running sweep began, by the database's clock */
  started_at: Date
}

/** The status of a delivery in the plugin's table. */
export type DeliveryStatus = "pending" | "waiting" | "failed" | "delivered" | "dismissed"

/** A delivery as the admin API shows it, without the body. */
export type DeliveryRow = {
  /** the id of the event */
  id: string
  delivery_id: string
  /** the destination's id */
  destination: string
  record_kind: RecordKind
  record_id: string
  name: string
  status: DeliveryStatus
  /** the id of the open event of the same record that this delivery waits behind */
  waiting_behind: string | null
  /** whether an attempt is running */
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

/** A delivery with the body, context and direction of its event. */
export type DeliveryWithBody = DeliveryRow & Origin & { body: string }

/** An attempt as the admin API shows it. */
export type AttemptRow = Attempt & { number: number; error_class: string | null; error_message: string | null }

/** Filters of deliveries; undefined ones do not apply. `behind`: the deliveries that wait behind another one. */
export type DeliveryFilters = {
  status?: readonly (DeliveryStatus | "behind")[] | undefined
  destination?: string | undefined
  recordKind?: RecordKind | undefined
  recordId?: string | undefined
  name?: string | undefined
  errorClass?: readonly FailureClass[] | undefined
  since?: Date | undefined
  until?: Date | undefined
  /** ids of events */
  ids?: readonly string[] | undefined
}

/** The open deliveries of a destination by status, and the state of the destination. */
export type DeliverySummary = {
  destination: string
  kind: string
  /** due, without an attempt since they were created or replayed */
  pending: number
  /** waiting behind an earlier delivery of their record */
  behind: number
  /** waiting for their next attempt after a failed one */
  waiting: number
  /** failed, and waiting for a person */
  failed: number
  /** how many of all these are being sent at the moment */
  in_flight: number
  /** since when the oldest delivery waits that has not failed and is behind no other one */
  oldest_waiting_at: Date | null
  oldest_waiting_seconds: number
  paused_at: Date | null
  pause_reason: string | null
  /** since when the destination does not answer */
  down_since: Date | null
}

/** The numbers of delivered and dismissed deliveries that are still stored, for each destination. */
export type ClosedDeliveries = { destination: string; delivered: number; dismissed: number }

/**
 * How many deliveries a replay has made due again (`replayed`), or marked as delivered because Odoo has their records by now
 * (`acknowledged`). The others were left as they were: delivered, being sent (`in_flight`), due already (`pending`), `dismissed`
 * and not named by the filters, or dismissed before a later event of the record was sent (`superseded`).
 */
export type ReplayCount = {
  outcome: "replayed" | "acknowledged" | "delivered" | "in_flight" | "pending" | "dismissed" | "superseded"
  count: number
}

/** Identifies a request of Odoo's about a record; `said` is the type of an event, or a method and its argument. */
export type Said = { kind: RecordKind; recordId: string; said: string }

/** A refusal to be written. */
export type NewRefusal = Said & { code: string; message: string; details: Record<string, unknown> }

/** A refusal as the admin API shows it. */
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
