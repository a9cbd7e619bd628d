import { z } from "zod"

import { CHANGE_CONTEXTS, CHANGE_DIRECTIONS } from "../origin"
import { FAILURE_CLASSES } from "../reply"
import { EVENT_STATUSES } from "../schemas/admin"
import { isoTime, listAnswer } from "./common"

const recordKind = z.string().describe("a kind of record, such as `order` or `customer`")

const failure = {
  error_class: z.string().nullable().describe(`${FAILURE_CLASSES.join(", ")}; null where it delivered, or was not tried yet`),
  error_message: z.string().nullable(),
}

const eventMembers = {
  id: z.string().describe("also the `webhook-id` of its attempts"),
  destination: z.string().describe("who is told; an event is listed once for each destination"),
  record_kind: recordKind,
  record_id: z.string(),
  name: z.string(),
  status: z.enum(EVENT_STATUSES),
  waiting_behind: z.string().nullable().describe("the event of the same record that has to be delivered or dismissed first"),
  in_flight: z.boolean().describe("whether an attempt is under way"),
  attempts: z.int().min(0),
  next_attempt_at: isoTime.nullable().describe("null where there will be none"),
  ...failure,
  created_at: isoTime,
  delivered_at: isoTime.nullable(),
  dismissed_at: isoTime.nullable(),
  dismissal: z.string().nullable().describe("why it was dismissed"),
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
  http_status: z.int().nullable().describe("null where nothing was answered"),
  ...failure,
  reply: z.string().nullable().describe("what was answered, cut at 2,000 characters, without secrets, tracebacks and e-mail addresses"),
})

const eventDetailSchema = z.object({
  ...eventMembers,
  context: z.enum(CHANGE_CONTEXTS).describe("from where the change came: what Odoo has sent, Medusa's admin or store routes; `unknown` for jobs, scripts, and what only the sweep has found"),
  direction: z.enum(CHANGE_DIRECTIONS).describe("`inbound` where Odoo has said the change itself: Odoo is not told of it, others are"),
  body: z.string().describe("exactly as it is sent; holds personal data"),
  attempt_log: z.array(attemptSchema),
})

/** An event with its body and what came of each attempt. */
export type EventDetailView = z.infer<typeof eventDetailSchema>

/** The answer to `GET /admin/odoo/events/{id}`. */
export const eventDetailAnswerSchema = z.object({ event: eventDetailSchema })

/** The answer to what changes one event: the event as it stands then. */
export const eventAnswerSchema = z.object({ success: z.literal(true), event: eventSchema })

/** The answer to `POST /admin/odoo/events/replay`. */
export const replayAnswerSchema = z.object({
  success: z.literal(true),
  replayed: z.int().min(0),
  left_alone: z.object({
    acknowledged: z.int().min(0).describe("tell that a record was created which Odoo has by now: they count as delivered"),
    delivered: z.int().min(0).describe("Odoo has them: they are never sent again"),
    in_flight: z.int().min(0).describe("are being sent at the moment"),
    pending: z.int().min(0).describe("are due already, or wait behind another event"),
    dismissed: z.int().min(0).describe("were dismissed, and not asked for by their status or ids"),
    superseded: z.int().min(0).describe("were dismissed, and Odoo was told something later of their record since"),
  }),
})

/** The answer to `POST /admin/odoo/test-event`. */
const testedAddress = z.object({
  delivered: z.boolean(),
  error_class: z.string().nullable(),
  message: z.string().min(1).describe("what it means, in a sentence"),
  http_status: z.int().nullable(),
  duration_ms: z.int().min(0),
  reply: z.string().nullable(),
})

export const testEventAnswerSchema = testedAddress.extend({
  addresses: z
    .array(testedAddress.extend({ events: z.array(z.string()).describe("which events are posted to this address") }))
    .describe("each address by itself; the members beside this one are those of the first that has failed, else of the first"),
})

export type TestEventAnswer = z.infer<typeof testEventAnswerSchema>

const deliveryCounts = z.object({
  pending: z.int().min(0).describe("due, and not tried since they were written or replayed"),
  behind: z.int().min(0).describe("behind an earlier event of their record; nothing is wrong with them"),
  waiting: z.int().min(0).describe("for their next attempt, after one that did not deliver"),
  failed: z.int().min(0).describe("for a person, or for the end of an outage"),
  delivered: z.int().min(0).describe("as far as they are kept"),
  dismissed: z.int().min(0).describe("as far as they are kept"),
})

const deliveryMembers = {
  paused: z.boolean(),
  paused_at: isoTime.nullable(),
  pause_reason: z.string().nullable(),
  in_flight: z.int().min(0).describe("how many events are being sent at the moment"),
  oldest_waiting_at: isoTime.nullable().describe("since when the oldest event waits that has not failed and is not behind another one"),
  oldest_waiting_seconds: z.int().min(0),
}

const destinationStatus = z.object({
  id: z.string(),
  kind: z.string().describe("`webhook` for the webhook of the options"),
  ...deliveryMembers,
  down_since: isoTime.nullable().describe("since when it does not answer; it is tried every few minutes, and what waits goes on by itself"),
  events: deliveryCounts,
})

/** How delivery to one destination is doing. */
export type DestinationStatus = z.infer<typeof destinationStatus>

/** The answer to `GET /admin/odoo/status`, and to pausing and resuming. */
export const deliveryStatusAnswerSchema = z.object({
  plugin_version: z.string(),
  medusa_version: z.string(),
  delivery: z
    .object({ configured: z.boolean().describe("whether there is an address that events are posted to"), ...deliveryMembers })
    .describe("over all destinations; paused where all are"),
  events: deliveryCounts.describe("over all destinations"),
  destinations: z.array(destinationStatus).describe("each by itself"),
  refusals: z.int().min(0).describe("what Medusa has refused of what Odoo said, and nobody has settled"),
})

export type DeliveryStatus = z.infer<typeof deliveryStatusAnswerSchema>

/** The answer to `GET /admin/odoo/metrics`. */
export const metricsAnswerSchema = z.string().describe("Prometheus' text format 0.0.4")

const refusalSchema = z.object({
  id: z.string(),
  record_kind: recordKind,
  record_id: z.string(),
  said: z.string().describe("what Odoo said: an event's type, with what tells a part of a shipment from another, or a method and what it asked for"),
  code: z.string(),
  message: z.string(),
  details: z.looseObject({}).describe("as the answer had it; `effects`: what had been done before"),
  times: z.int().min(1),
  first_refused_at: isoTime,
  refused_at: isoTime,
  settled_at: isoTime.nullable().describe("when the same was accepted after all, or a person has dismissed it"),
  dismissal: z.string().nullable(),
})

/** A refusal as lists show it. */
export type RefusalView = z.infer<typeof refusalSchema>

/** The answer to `GET /admin/odoo/refusals`. */
export const refusalListAnswerSchema = z.object({ refusals: z.array(refusalSchema), ...listAnswer })

/** The answer to `POST /admin/odoo/refusals/{id}/dismiss`. */
export const refusalAnswerSchema = z.object({ success: z.literal(true), refusal: refusalSchema })
