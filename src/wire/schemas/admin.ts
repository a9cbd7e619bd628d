import { z } from "zod"

import { listQuery } from "../list"
import { lineSchema, queryBoolean, singleLine, timeSchema } from "../normalise"
import { FAILURE_CLASSES } from "../reply"

/** Where an event can stand. `behind`: it waits behind an earlier one of its record, and nothing is wrong with it. */
export const EVENT_STATUSES = ["pending", "behind", "waiting", "failed", "delivered", "dismissed"] as const

/** A kind of record. Which ones there are is known to whoever carries out the query. */
const recordKind = z
  .string()
  .regex(/^[a-z][a-z_]*$/, "must be a kind of record, such as order or customer")
  .describe("a kind of record, such as `order` or `customer`")

/** Words of a list, separated by commas. */
const wordsOf = <T extends readonly [string, ...string[]]>(words: T) =>
  z
    .string()
    .transform((text) => text.split(",").map((word) => word.trim().toLowerCase()))
    .pipe(z.array(z.enum(words, { error: `must be of ${words.join(", ")}` })))

const recordFilters = {
  record_kind: recordKind.optional(),
  record_id: lineSchema.optional().describe("Medusa's id, or an order's display id"),
}

const destination = lineSchema.optional().describe("the id of the destination, such as `webhook`")

/** Names one of several destinations of an event, in a query or a body. */
export const destinationQuery = z.object({ destination })

/** What narrows a list of events, in a query, in a body and on the command line. */
export const eventFilters = z.object({
  status: wordsOf(EVENT_STATUSES).optional().describe(`of ${EVENT_STATUSES.join(", ")}; several are separated by commas`),
  destination,
  ...recordFilters,
  name: lineSchema.optional().describe("such as `order.created`"),
  class: wordsOf(FAILURE_CLASSES).optional().describe(`why the last attempt has failed: of ${FAILURE_CLASSES.join(", ")}`),
  since: timeSchema("start").optional().describe("from when on the event was written"),
  until: timeSchema("end").optional().describe("until when it was written"),
})

export type EventFilterQuery = z.output<typeof eventFilters>

const { updated_since: _, ...page } = listQuery({ defaultLimit: 50 })

/** The query of `GET /admin/odoo/events`. */
export const listEventsQuery = eventFilters.extend(page)

export type ListEventsQuery = z.output<typeof listEventsQuery>

/** The body of `POST /admin/odoo/events/replay`. */
export const replayEventsBody = eventFilters
  .extend({ ids: z.array(lineSchema, "must be a list").min(1, "must not be empty").max(1_000, "must not be more than 1000").optional() })
  // a filter that is misspelt would replay too much
  .strict()
  .refine((filters) => Object.keys(filters).length > 0, "Say which events, by ids, status, destination, record, name, class or time.")

export type ReplayEventsBody = z.output<typeof replayEventsBody>

const reason = singleLine(500)

/** The body of what dismisses something. */
export const dismissBody = z.object({ reason: reason.describe("why nothing is to be done about it any more, for whoever looks at it later") })

/** The body of `POST /admin/odoo/events/{id}/dismiss`. */
export const dismissEventBody = dismissBody.extend({ destination })

/** The body of `POST /admin/odoo/delivery/pause`. */
export const pauseBody = z.object({ reason: reason.optional(), destination: destination.describe("only this one; all where none is named") })

/** The body of `POST /admin/odoo/delivery/resume`. */
export const resumeBody = pauseBody.pick({ destination: true })

/** The query of `GET /admin/odoo/refusals`. */
export const listRefusalsQuery = z.object({
  open: queryBoolean.optional().describe("true for those that nobody has settled"),
  ...recordFilters,
  ...page,
})

export type ListRefusalsQuery = z.output<typeof listRefusalsQuery>
