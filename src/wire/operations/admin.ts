import {
  deliveryStatusAnswerSchema,
  doctorAnswerSchema,
  eventAnswerSchema,
  eventDetailAnswerSchema,
  eventListAnswerSchema,
  metricsAnswerSchema,
  refusalAnswerSchema,
  refusalListAnswerSchema,
  replayAnswerSchema,
  setupAnswerSchema,
  testEventAnswerSchema,
  type DeliveryStatus,
  type EventView,
  type RefusalView,
} from "../answer-schemas/admin"
import { rehearsalAnswerSchema } from "../answer-schemas/rehearsal"
import { EVENT_NAMES } from "../events"
import { PROMETHEUS_TYPE, prometheusText } from "../prometheus"
import { destinationQuery, dismissBody, dismissEventBody, listEventsQuery, listRefusalsQuery, pauseBody, replayEventsBody, resumeBody, setupOdooBody, testEventBodySchema } from "../schemas/admin"
import { EXAMPLE } from "./example-ids"
import { operation } from "./operation"

const EVENT_ID = { id: "the event's id, which is also the `webhook-id` of its attempts" }

const params = { id: EXAMPLE.eventId }

const FAILED: EventView = {
  id: EXAMPLE.eventId,
  destination: "webhook",
  record_kind: "order",
  record_id: EXAMPLE.orderId,
  name: "order.status_updated",
  status: "failed",
  waiting_behind: null,
  in_flight: false,
  attempts: 4,
  next_attempt_at: null,
  error_class: "rpc_error",
  error_message: "Odoo raised an error. Its log has the traceback. It said: The order is locked.",
  created_at: "2026-11-22T08:00:00.000Z",
  delivered_at: null,
  dismissed_at: null,
  dismissal: null,
}

const EVENTS = { pending: 0, behind: 2, waiting: 1, failed: 1, delivered: 1280, dismissed: 3 }

const STATUS: DeliveryStatus = {
  plugin_version: "0.2.0",
  medusa_version: "2.21.2",
  delivery: {
    configured: true,
    paused: false,
    paused_at: null,
    pause_reason: null,
    in_flight: 0,
    oldest_waiting_at: "2026-11-22T08:20:00.000Z",
    oldest_waiting_seconds: 95,
  },
  events: EVENTS,
  destinations: [
    {
      id: "webhook",
      kind: "webhook",
      paused: false,
      paused_at: null,
      pause_reason: null,
      down_since: null,
      in_flight: 0,
      oldest_waiting_at: "2026-11-22T08:20:00.000Z",
      oldest_waiting_seconds: 95,
      events: EVENTS,
    },
  ],
  refusals: 1,
}

const REFUSAL: RefusalView = {
  id: EXAMPLE.refusalId,
  record_kind: "order",
  record_id: EXAMPLE.orderId,
  said: "order.cancelled",
  code: "CONFLICT",
  message: "All fulfillments must be canceled before canceling an order",
  details: { effects: [] },
  times: 2,
  first_refused_at: "2026-11-22T08:00:00.000Z",
  refused_at: "2026-11-22T09:00:00.000Z",
  settled_at: null,
  dismissal: null,
}

const TAKEN = {
  delivered: true,
  error_class: null,
  message: "Odoo has taken it.",
  http_status: 200,
  duration_ms: 41,
  reply: '{"jsonrpc":"2.0","id":null,"result":{"success":true}}',
}

const oneOf = (limit: number) => ({
  total: 1,
  limit,
  offset: 0,
  pagination: { total: 1, limit, offset: 0, has_more: false, next_cursor: null },
})

/** The routes under `/admin/odoo`, for people who look into failures. */
export const adminOperations = [
  operation({
    method: "get",
    path: "/admin/odoo/events",
    tag: "Tools",
    summary: "List events",
    description:
      "Oldest first, without their bodies, each once for each destination. An event whose status is `behind` only waits for an earlier one of its record; nothing is wrong with it.",
    query: listEventsQuery,
    answer: eventListAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND"],
    examples: { "what has failed": { query: { status: "failed" }, answer: { events: [FAILED], ...oneOf(50) } } },
  }),
  operation({
    method: "get",
    path: "/admin/odoo/events/{id}",
    tag: "Tools",
    summary: "Show an event with its body and its attempts",
    params: EVENT_ID,
    query: destinationQuery,
    answer: eventDetailAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND"],
    examples: {
      "an event that has failed": {
        params,
        answer: {
          event: {
            ...FAILED,
            context: "admin",
            direction: "outbound",
            body: `{"event":"order.status_updated","timestamp":"2026-11-22T08:00:00.000Z","data":{"order_id":"${EXAMPLE.orderId}"}}`,
            attempt_log: [
              {
                number: 1,
                started_at: "2026-11-22T08:00:00.120Z",
                duration_ms: 84,
                http_status: 200,
                error_class: FAILED.error_class,
                error_message: FAILED.error_message,
                reply: '{"jsonrpc":"2.0","id":null,"error":{"code":0,"message":"Odoo Server Error","data":{"name":"odoo.exceptions.UserError","message":"The order is locked."}}}',
              },
            ],
          },
        },
      },
    },
  }),
  operation({
    method: "post",
    path: "/admin/odoo/events/{id}/replay",
    tag: "Tools",
    summary: "Send an event again",
    description:
      "For an event that has failed or was dismissed, and for one that waits for its next attempt. It is due at once, and the retry schedule starts anew; id and body stay the same. What was delivered is never sent again: that is a `CONFLICT`. An event that tells that a record was created becomes `delivered` where Odoo has the record by now.",
    params: EVENT_ID,
    body: destinationQuery,
    answer: eventAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "CONFLICT"],
    examples: {
      "an event that had failed": {
        params,
        body: {},
        answer: { success: true, event: { ...FAILED, status: "pending", next_attempt_at: "2026-11-22T09:00:00.000Z" } },
      },
    },
  }),
  operation({
    method: "post",
    path: "/admin/odoo/events/replay",
    tag: "Tools",
    summary: "Send many events again",
    description:
      "All that the filters name, each as `POST /admin/odoo/events/{id}/replay` would; what can not be replayed is left alone and counted. Dismissed events come back only where `status` or `ids` name them.",
    body: replayEventsBody,
    answer: replayAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND"],
    examples: {
      "all that have failed": {
        body: { status: "failed" },
        answer: { success: true, replayed: 12, left_alone: { acknowledged: 1, delivered: 0, in_flight: 0, pending: 0, dismissed: 0, superseded: 0 } },
      },
      "all since an hour": {
        body: { since: "2026-11-22T08:00:00Z", until: "2026-11-22T09:00:00Z" },
        answer: { success: true, replayed: 12, left_alone: { acknowledged: 0, delivered: 230, in_flight: 2, pending: 5, dismissed: 1, superseded: 0 } },
      },
    },
  }),
  operation({
    method: "post",
    path: "/admin/odoo/events/{id}/dismiss",
    tag: "Tools",
    summary: "Dismiss an event",
    description: "The event is not sent any more, and the later events of its record are. A replay sends it after all.",
    params: EVENT_ID,
    body: dismissEventBody,
    answer: eventAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "CONFLICT"],
    examples: {
      "one that was entered by hand": {
        params,
        body: { reason: "Entered in Odoo by hand" },
        answer: {
          success: true,
          event: { ...FAILED, status: "dismissed", dismissed_at: "2026-11-22T09:00:00.000Z", dismissal: "Entered in Odoo by hand" },
        },
      },
    },
  }),
  operation({
    method: "post",
    path: "/admin/odoo/test-event",
    tag: "Tools",
    summary: "Send a test event",
    description:
      "Sends a test event once to each address of a destination, and tells how it was answered. The webhook gets `{\"event\": \"test\", …}`, signed, at `webhook.url` and at each address of `webhook.urls`. The event is not kept. A receiver that does not know the event may refuse it: it was reached then.",
    body: testEventBodySchema,
    answer: testEventAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "CONFLICT"],
    examples: {
      "Odoo has taken it": {
        body: {},
        answer: { ...TAKEN, addresses: [{ events: [...EVENT_NAMES], ...TAKEN }] },
      },
    },
  }),
  operation({
    method: "post",
    path: "/admin/odoo/delivery/pause",
    tag: "Tools",
    summary: "Pause delivery",
    description: "Pauses delivery in every instance until it is resumed. Events are still written, and wait. Running attempts are completed.",
    body: pauseBody,
    answer: deliveryStatusAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND"],
    examples: {
      "while Odoo is upgraded": {
        body: { reason: "Odoo is being upgraded" },
        answer: {
          ...STATUS,
          delivery: { ...STATUS.delivery, paused: true, paused_at: "2026-11-22T08:21:35.000Z", pause_reason: "Odoo is being upgraded" },
        },
      },
    },
  }),
  operation({
    method: "post",
    path: "/admin/odoo/delivery/resume",
    tag: "Tools",
    summary: "Resume delivery",
    body: resumeBody,
    answer: deliveryStatusAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND"],
    examples: { "afterwards": { body: {}, answer: STATUS } },
  }),
  operation({
    method: "get",
    path: "/admin/odoo/status",
    tag: "Tools",
    summary: "Show the status of delivery",
    answer: deliveryStatusAnswerSchema,
    errors: [],
    examples: { "one has failed": { answer: STATUS } },
  }),
  operation({
    method: "get",
    path: "/admin/odoo/metrics",
    tag: "Tools",
    summary: "Show the status of delivery for Prometheus",
    description: "Prometheus sends a secret API key of Medusa's as the user name of `basic_auth`.",
    answer: metricsAnswerSchema,
    answerType: PROMETHEUS_TYPE,
    errors: [],
    examples: { "one has failed": { answer: prometheusText(STATUS) } },
  }),
  operation({
    method: "get",
    path: "/admin/odoo/doctor",
    tag: "Tools",
    summary: "Find out what is wrong with the direct connection",
    description:
      "Asks Odoo, and compares it with the shop: the connection, the rights of the user, what `setup-odoo` makes, clocks, currencies, pricelists, taxes, locations and SKUs. `CONFLICT` where the options name no Odoo.",
    answer: doctorAnswerSchema,
    errors: ["CONFLICT"],
    examples: {
      "a currency is switched off": {
        answer: {
          success: true,
          score: 50,
          findings: [
            { check: "connection", state: "well", sentence: "Odoo answers.", remedy: null },
            {
              check: "currencies",
              state: "mend",
              sentence: "The currency KWD is switched off in Odoo.",
              remedy: "Activate it in Odoo, under Accounting, Configuration, Currencies, or run setup-odoo.",
            },
          ],
        },
      },
    },
  }),
  operation({
    method: "get",
    path: "/admin/odoo/orders/{id}/rehearse",
    tag: "Tools",
    summary: "Show the sale order that an order would become",
    description:
      "By the direct connection: line by line, with all that would be held and why. Nothing is made or changed, neither in Odoo nor in the shop. Amounts of the sale order are Odoo's, in the major unit. `CONFLICT` where the options name no Odoo; where Odoo does not answer, `SYNC_FAILED`.",
    params: { id: "the order's id, or its `display_id`" },
    answer: rehearsalAnswerSchema,
    errors: ["NOT_FOUND", "CONFLICT", "SYNC_FAILED"],
    examples: {
      "an SKU that Odoo lacks": {
        params: { id: EXAMPLE.orderId },
        answer: {
          success: true,
          rehearsal: {
            order: { id: EXAMPLE.orderId, display_id: 1042, total: 7755, tax_total: 0, currency_code: "kwd" },
            sale_order: null,
            customer: { partner_id: null, name: "Layla Al-Sabah", action: "would be made" },
            pricelist: { id: 3, currency: "KWD", action: "found" },
            reference: "MEDUSA-1042",
            team: null,
            warehouse: null,
            payment_term: null,
            lines: [
              {
                key: "ordli_01JD3XK8V7Q2M5N9P4R6T8W0YE",
                sku: "SHIRT-S",
                name: "Shirt, S",
                product_id: null,
                product_name: null,
                quantity: 1,
                price_unit: 6.255,
                discount: 0,
                taxes: [],
                total: 6.255,
              },
              {
                key: "shipping:ordsm_01JD3XK8V7Q2M5N9P4R6T8W0YF",
                name: "Standard",
                product_id: 41,
                product_name: "[MEDUSA-SHIPPING] Shipping (Medusa)",
                quantity: 1,
                price_unit: 1.5,
                discount: 0,
                taxes: [],
                total: 1.5,
              },
            ],
            confirmed: false,
            holds: ["Odoo has no product for SHIRT-S. The order goes by itself once there are products with these codes."],
          },
        },
      },
    },
  }),
  operation({
    method: "get",
    path: "/admin/odoo/refusals",
    tag: "Tools",
    summary: "List refusals",
    description: "Requests of Odoo about orders that Medusa did not allow (`CONFLICT`). A repeat that is accepted settles the refusal.",
    query: listRefusalsQuery,
    answer: refusalListAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND"],
    examples: { "what nobody has settled": { query: { open: "true" }, answer: { refusals: [REFUSAL], ...oneOf(50) } } },
  }),
  operation({
    method: "post",
    path: "/admin/odoo/refusals/{id}/dismiss",
    tag: "Tools",
    summary: "Settle a refusal",
    params: { id: "the refusal's id" },
    body: dismissBody,
    answer: refusalAnswerSchema,
    errors: ["VALIDATION_ERROR", "NOT_FOUND", "CONFLICT"],
    examples: {
      "the parcel came back": {
        params: { id: EXAMPLE.refusalId },
        body: { reason: "The parcel came back, refunded by hand" },
        answer: {
          success: true,
          refusal: { ...REFUSAL, settled_at: "2026-11-22T10:00:00.000Z", dismissal: "The parcel came back, refunded by hand" },
        },
      },
    },
  }),
  operation({
    method: "post",
    path: "/admin/odoo/setup-odoo",
    tag: "Tools",
    summary: "Make in Odoo what the direct connection needs",
    description:
      "Fields, the shop's currencies, a pricelist for each of them, and products for what an order has beside its articles. Can be repeated: what is there stays, and what an earlier version has made is brought up to date. A step that the user of the connection has no right to says which group of Odoo's is missing; the others are done all the same. `remove` removes what this has made; what orders use is archived, and currencies stay. Without `odoo.url`, `odoo.username` and `odoo.password` this is a `CONFLICT`; where Odoo does not answer, `SYNC_FAILED`.",
    body: setupOdooBody,
    answer: setupAnswerSchema,
    errors: ["VALIDATION_ERROR", "CONFLICT", "SYNC_FAILED"],
    examples: {
      "a user without rights on products": {
        body: {},
        answer: {
          success: false,
          steps: [
            { what: "field x_medusa_order_id of sale.order", state: "there", detail: null },
            { what: "currency KWD", state: "there", detail: null },
            { what: "pricelist in KWD", state: "made", detail: null },
            {
              what: "product MEDUSA-SHIPPING",
              state: "needs an administrator",
              detail:
                'The user of the connection lacks the group "Products / Creation" (in Odoo 19 "Products / Create"). An administrator of Odoo adds it, or set-up is run once with a user who has it.',
            },
          ],
        },
      },
    },
  }),
]
