import { z } from "zod"

import { listQuery } from "../list"
import { lineSchema, queryBoolean, singleLine, timeSchema } from "../normalise"
import { FAILURE_CLASSES } from "../reply"

/** The statuses of an event. `behind`: the event waits for an earlier one of its record. */
export const EVENT_STATUSES = ["pending", "behind", "waiting", "failed", "delivered", "dismissed"] as const

/** A kind of record. Routes check it with `withKnownKind`. */
const recordKind = z
  .string()
  .regex(/^[a-z][a-z_]*$/, "must be a kind of record, such as order or customer")
  .describe("a kind of record, such as `order` or `customer`")

/** Words separated by commas. */
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

/** The destination of one event, in a query or a body. */
export const destinationQuery = z.object({
  destination: destination.describe("the id of the destination, such as `webhook`; where it is missing, the oldest of the destinations that the event is for"),
})

/** The filters of a list of events, in a query, a body and on the command line. */
export const eventFilters = z.object({
  status: wordsOf(EVENT_STATUSES).optional().describe(`of ${EVENT_STATUSES.join(", ")}; several are separated by commas`),
  destination,
  ...recordFilters,
  name: lineSchema.optional().describe("such as `order.created`"),
  class: wordsOf(FAILURE_CLASSES).optional().describe(`why the last attempt failed: of ${FAILURE_CLASSES.join(", ")}`),
  since: timeSchema("start").optional().describe("events written at or after this time"),
  until: timeSchema("end").optional().describe("events written up to this time"),
})

export type EventFilterQuery = z.output<typeof eventFilters>

const { updated_since: _, ...page } = listQuery({ defaultLimit: 50 })

/** The query of `GET /admin/odoo/events`. */
export const listEventsQuery = eventFilters.extend(page)

export type ListEventsQuery = z.output<typeof listEventsQuery>

/** The body of `POST /admin/odoo/events/replay`. */
export const replayEventsBody = eventFilters
  .extend({ ids: z.array(lineSchema, "must be a list").min(1, "must not be empty").max(1_000, "must not be more than 1000").optional() })
  // an unknown member may be a misspelt filter, without which too much would be replayed
  .strict()
  .refine((filters) => Object.keys(filters).length > 0, "Say which events, by ids, status, destination, record, name, class or time.")

const reason = singleLine(500)

/** The body of a dismissal. */
export const dismissBody = z.object({ reason: reason.describe("the reason, for people who look at it later") })

/** The body of `POST /admin/odoo/events/{id}/dismiss`. */
export const dismissEventBody = dismissBody.extend(destinationQuery.shape)

/** The body of `POST /admin/odoo/delivery/pause`. */
export const pauseBody = z.object({ reason: reason.optional(), destination: destination.describe("the id of a destination; all destinations where it is missing") })

/** The body of `POST /admin/odoo/delivery/resume`. */
export const resumeBody = pauseBody.pick({ destination: true })

/** The body of `POST /admin/odoo/test-event`. */
export const testEventBodySchema = z.object({ destination: destination.describe("the id of a destination; the oldest one that is an Odoo where it is missing") })

const isWanted = z.boolean("must be true or false").optional()

/** The body of `POST /admin/odoo/setup-odoo`. An unknown member may be a misspelt `dry_run`. */
export const setupOdooBody = z.strictObject({
  dry_run: isWanted.describe("true to write nothing, and only say what would be done"),
  remove: isWanted.describe("true to remove what set-up has made"),
})

/** The query of `GET /admin/odoo/refusals`. */
export const listRefusalsQuery = z.object({
  open: queryBoolean.optional().describe("true for refusals that nobody has settled, false for the others"),
  ...recordFilters,
  ...page,
})

export type ListRefusalsQuery = z.output<typeof listRefusalsQuery>
