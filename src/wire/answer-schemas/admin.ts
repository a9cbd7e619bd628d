import { z } from "zod"

import { CHANGE_CONTEXTS, CHANGE_DIRECTIONS } from "../origin"
import { FAILURE_CLASSES } from "../reply"
import { EVENT_STATUSES } from "../schemas/admin"
import { isoTime, listAnswer } from "./common"

const recordKind = z.string().describe("a kind of record, such as `order` or `customer`")

const failure = {
  error_class: z.string().nullable().describe(`${FAILURE_CLASSES.join(", ")}; null after a success, and before the first attempt`),
  error_message: z.string().nullable(),
}

const eventMembers = {
  id: z.string().describe("also the `webhook-id` of its attempts"),
  destination: z.string().describe("the destination's id; an event is listed once for each destination"),
  record_kind: recordKind,
  record_id: z.string(),
  name: z.string(),
  status: z.enum(EVENT_STATUSES),
  waiting_behind: z.string().nullable().describe("the event of the same record that has to be delivered or dismissed first"),
  in_flight: z.boolean().describe("whether an attempt is running"),
  attempts: z.int().min(0),
  next_attempt_at: isoTime.nullable().describe("null where no attempt is planned"),
  ...failure,
  created_at: isoTime,
  delivered_at: isoTime.nullable(),
  dismissed_at: isoTime.nullable(),
  dismissal: z.string().nullable().describe("the reason of the person who dismissed it"),
}

const eventSchema = z.object(eventMembers)

/** An event as lists show it. */
export type EventView = z.infer<typeof eventSchema>

/** The answer to `GET /admin/odoo/events`. */
export const eventListAnswerSchema = z.object({ events: z.array(eventSchema), ...listAnswer })

const attemptSchema = z.object({
  number: z.int().min(1),
  started_at: isoTime,
  duration_ms: z.int().min(0),
  http_status: z.int().nullable().describe("null without an answer"),
  ...failure,
  reply: z.string().nullable().describe("the answer, at most 2,000 characters of it, without secrets, tracebacks and e-mail addresses"),
})

const eventDetailSchema = z.object({
  ...eventMembers,
  context: z.enum(CHANGE_CONTEXTS).describe("the origin of the change: a request of Odoo, or Medusa's admin or store routes; `unknown` for jobs, scripts, and changes that only the sweep found"),
  direction: z.enum(CHANGE_DIRECTIONS).describe("`inbound` for a change that Odoo has made itself, of which only other destinations are told"),
  body: z.string().describe("the exact text that is sent; contains personal data"),
  attempt_log: z.array(attemptSchema),
})

/** An event with its body and its attempts. */
export type EventDetailView = z.infer<typeof eventDetailSchema>

/** The answer to `GET /admin/odoo/events/{id}`. */
export const eventDetailAnswerSchema = z.object({ event: eventDetailSchema })

/** The answer of routes that change one event: the event afterwards. */
export const eventAnswerSchema = z.object({ success: z.literal(true), event: eventSchema })

/** The answer to `POST /admin/odoo/events/replay`. */
export const replayAnswerSchema = z.object({
  success: z.literal(true),
  replayed: z.int().min(0),
  left_alone: z.object({
    acknowledged: z.int().min(0).describe("events of created records that Odoo has by now; they count as delivered"),
    delivered: z.int().min(0).describe("delivered events, which are never sent again"),
    in_flight: z.int().min(0).describe("events with a running attempt"),
    pending: z.int().min(0).describe("events that are due already, or wait behind another event"),
    dismissed: z.int().min(0).describe("dismissed events that neither `status` nor `ids` names"),
    superseded: z.int().min(0).describe("dismissed events of records of which a later event was sent"),
  }),
})

/** The answer to `POST /admin/odoo/test-event`. */
const testedAddress = z.object({
  delivered: z.boolean(),
  error_class: z.string().nullable(),
  message: z.string().min(1).describe("the result in one sentence"),
  http_status: z.int().nullable(),
  duration_ms: z.int().min(0),
  reply: z.string().nullable(),
})

export const testEventAnswerSchema = testedAddress.extend({
  addresses: z
    .array(testedAddress.extend({ events: z.array(z.string()).describe("which events are posted to this address") }))
    .describe("the result for each address; the members beside this one are those of the first failed address, or else of the first one"),
})

export type TestEventAnswer = z.infer<typeof testEventAnswerSchema>

const deliveryCounts = z.object({
  pending: z.int().min(0).describe("events that are due, without an attempt since they were written or replayed"),
  behind: z.int().min(0).describe("events that wait for an earlier event of their record"),
  waiting: z.int().min(0).describe("events that wait for their next attempt after a failed one"),
  failed: z.int().min(0).describe("events that wait for a person, or for the end of an outage"),
  delivered: z.int().min(0).describe("as far as they are kept"),
  dismissed: z.int().min(0).describe("as far as they are kept"),
})

const deliveryMembers = {
  paused: z.boolean(),
  paused_at: isoTime.nullable(),
  pause_reason: z.string().nullable(),
  in_flight: z.int().min(0).describe("the number of events with a running attempt"),
  oldest_waiting_at: isoTime.nullable().describe("when the oldest waiting event was written, without failed events and events behind another one"),
  oldest_waiting_seconds: z.int().min(0),
}

const destinationStatus = z.object({
  id: z.string(),
  kind: z.string().describe("`webhook` for the webhook of the options"),
  ...deliveryMembers,
  down_since: isoTime.nullable().describe("since when the destination has not answered; it is tried every few minutes, and delivery continues by itself"),
  events: deliveryCounts,
})

/** The status of delivery to one destination. */
export type DestinationStatus = z.infer<typeof destinationStatus>

/** The answer to `GET /admin/odoo/status`, and to pausing and resuming. */
export const deliveryStatusAnswerSchema = z.object({
  plugin_version: z.string(),
  medusa_version: z.string(),
  delivery: z
    .object({ configured: z.boolean().describe("whether there is an address that events are posted to, or a direct connection"), ...deliveryMembers })
    .describe("of all destinations together; paused where each one is"),
  events: deliveryCounts.describe("of all destinations together"),
  destinations: z.array(destinationStatus).describe("each destination"),
  refusals: z.int().min(0).describe("the number of requests of Odoo that Medusa refused and nobody has settled"),
})

export type DeliveryStatus = z.infer<typeof deliveryStatusAnswerSchema>

/** The answer to `GET /admin/odoo/metrics`. */
export const metricsAnswerSchema = z.string().describe("Prometheus' text format 0.0.4")

const refusalSchema = z.object({
  id: z.string(),
  record_kind: recordKind,
  record_id: z.string(),
  said: z.string().describe("the request: the type of an event, with the mark of a part of a shipment, or a method and its argument"),
  code: z.string(),
  message: z.string(),
  details: z.looseObject({}).describe("as in the answer; `effects`: the changes made before the refusal"),
  times: z.int().min(1),
  first_refused_at: isoTime,
  refused_at: isoTime,
  settled_at: isoTime.nullable().describe("when the same request was accepted, or a person dismissed the refusal"),
  dismissal: z.string().nullable(),
})

/** A refusal as lists show it. */
export type RefusalView = z.infer<typeof refusalSchema>

/** The answer to `GET /admin/odoo/refusals`. */
export const refusalListAnswerSchema = z.object({ refusals: z.array(refusalSchema), ...listAnswer })

/** The answer to `POST /admin/odoo/refusals/{id}/dismiss`. */
export const refusalAnswerSchema = z.object({ success: z.literal(true), refusal: refusalSchema })

/** The states of a thing in Odoo after set-up. */
const SETUP_STATES = [
  "made",
  "there",
  "changed",
  "removed",
  "not there",
  "would be made",
  "would be changed",
  "would be removed",
  "needs an administrator",
  "failed",
] as const

export type SetupState = (typeof SETUP_STATES)[number]

const setupStepSchema = z.object({
  what: z.string().describe("a field, currency, pricelist or product in Odoo"),
  state: z.enum(SETUP_STATES),
  detail: z.string().nullable().describe("what else there is to say, such as the group that the user lacks"),
})

/** A line of the report of set-up. */
export type SetupStep = z.infer<typeof setupStepSchema>

/** The answer to `POST /admin/odoo/setup-odoo`. */
export const setupAnswerSchema = z.object({
  success: z.boolean().describe("false where a step needs an administrator of Odoo, or has failed"),
  steps: z.array(setupStepSchema).describe("in the order in which they were done"),
})

export type SetupAnswer = z.infer<typeof setupAnswerSchema>

/** The checks of the doctor of the direct connection. `rest`: the checks that could not be made after a failure. */
const DOCTOR_CHECKS = [
  "connection",
  "version",
  "plan",
  "database",
  "user",
  "key",
  "rights",
  "apps",
  "fields",
  "products",
  "clock",
  "currencies",
  "pricelists",
  "price_decimals",
  "taxes",
  "locations",
  "variants_without_sku",
  "duplicate_skus",
  "unknown_skus",
  "rest",
] as const

const findingSchema = z.object({
  check: z.enum(DOCTOR_CHECKS),
  state: z.enum(["well", "mend", "unknown"]).describe("`mend`: something is wrong; `unknown`: it could not be found out"),
  sentence: z.string().min(1),
  remedy: z.string().min(1).nullable().describe("what a person does about it; null where nothing is to do"),
  details: z
    .object({ count: z.int().min(0).describe("how many there are"), examples: z.array(z.string()).describe("the first 20 of them") })
    .optional(),
})

/** The result of a check. */
export type DoctorFinding = z.infer<typeof findingSchema>

/** The answer to `GET /admin/odoo/doctor`. */
export const doctorAnswerSchema = z.object({
  success: z.literal(true),
  score: z.int().min(0).max(100).describe("how many of the checks that could be made are well, in percent"),
  findings: z.array(findingSchema),
})

export type DoctorAnswer = z.infer<typeof doctorAnswerSchema>
