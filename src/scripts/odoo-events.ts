import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { eventFiltersOf, listEvents, readEventDetail } from "../queries/read-events"
import { withKnownKind } from "../records"
import { onlyId, readableTime, requiredOption, runCommand, table, type Command } from "../utils/command-line"
import type { EventView } from "../wire/answer-schemas/admin"
import { dismissEventBody, eventFilters, listEventsQuery, replayEventsBody } from "../wire/schemas/admin"
import { validate } from "../wire/validate"
import { dismissDelivery } from "../event-admin/dismiss"
import { replayDeliveries, replayDelivery, type Replayed } from "../event-admin/replay"
import { sendTestEvent } from "../event-admin/send-test-event"

/** Turns members of a query (`record_id`) into options of the command line (`record-id`), and options into members. */
const toOption = (member: string) => member.replace(/_/g, "-")
const toMembers = (values: Partial<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name.replace(/-/g, "_"), value]))

const FILTERS = Object.keys(eventFilters.shape).map(toOption)

/** Only running instances send events: an attempt of this program would be cut off at the end of the program. */
const SENT_BY = "The running shop sends what is due within some seconds, unless delivery is paused."

const errorOf = ({ error_class: errorClass, error_message: message }: Pick<EventView, "error_class" | "error_message">) =>
  errorClass === null ? "" : `[${errorClass}] ${message ?? ""}`

/** The last column of the list: the next attempt, the time of delivery, or why the event is not delivered. */
function outlook(event: EventView): string {
  switch (event.status) {
    case "behind":
      return `behind ${event.waiting_behind ?? ""}`
    case "waiting":
      return `next ${readableTime(event.next_attempt_at)} ${errorOf(event)}`
    case "dismissed":
      return event.dismissal ?? ""
    case "delivered":
      return readableTime(event.delivered_at)
    default:
      return event.in_flight ? "is being sent" : errorOf(event)
  }
}

const row = (event: EventView) => ({
  id: event.id,
  written: readableTime(event.created_at),
  record: event.record_id,
  event: event.name,
  status: event.status,
  attempts: String(event.attempts),
  destination: event.destination,
  "": outlook(event).slice(0, 120),
})

async function list(container: MedusaContainer, values: Partial<Record<string, string>>): Promise<string> {
  const { events, total, pagination } = await listEvents(container, withKnownKind(validate(listEventsQuery, toMembers(values))))
  const shown = table(events.map(row), "There are no such events.")
  return pagination.has_more ? `${shown}\n\n${String(events.length)} of ${String(total)}; --limit and --offset show others.` : shown
}

async function show(container: MedusaContainer, id: string, destination: string | undefined): Promise<string> {
  const { body, attempt_log: attempts, ...event } = await readEventDetail(container, { id, destination })
  const members = Object.entries(event).filter(([, value]) => value !== null)
  const width = Math.max(...members.map(([name]) => name.length))
  const log = attempts.map((attempt) => ({
    attempt: String(attempt.number),
    started: readableTime(attempt.started_at),
    took: `${String(attempt.duration_ms)} ms`,
    status: String(attempt.http_status ?? ""),
    "": attempt.error_class === null ? "delivered" : errorOf(attempt),
  }))
  const replies = attempts.flatMap(({ number, reply }) => (reply === null ? [] : `Reply to attempt ${String(number)}: ${reply}`))
  return [
    members.map(([name, value]) => `${name.padEnd(width)}  ${String(value)}`).join("\n"),
    table(log, "There was no attempt yet."),
    ...replies,
    body,
  ].join("\n\n")
}

const LEFT_ALONE: Readonly<Record<keyof Replayed["left_alone"], string>> = {
  acknowledged: "are delivered, because Odoo has their records by now",
  delivered: "were delivered before and are never sent again",
  in_flight: "are being sent at the moment",
  pending: "are due already, or wait behind another one",
  dismissed: "were dismissed; --status dismissed replays them",
  superseded: "were dismissed, and Odoo was told something later of their record since",
}

async function replay(container: MedusaContainer, words: string[], values: Partial<Record<string, string>>): Promise<string> {
  const [id, ...others] = words
  const filters = toMembers(values)
  const { destination, ...narrowing } = filters
  if (id !== undefined && others.length === 0 && Object.keys(narrowing).length === 0) {
    await replayDelivery(container, { id, destination })
    return `${id} is due. ${SENT_BY}`
  }
  const { ids, ...query } = withKnownKind(validate(replayEventsBody, { ...filters, ...(words.length === 0 ? {} : { ids: words }) }))
  const { replayed, left_alone: left } = await replayDeliveries(container, { ...(await eventFiltersOf(container, query)), ids })
  const reasons = Object.entries(LEFT_ALONE).map(([reason, text]) => ({ count: left[reason as keyof typeof left], text }))
  return [
    `${String(replayed)} due. ${SENT_BY}`,
    ...reasons.filter(({ count }) => count > 0).map(({ count, text }) => `${String(count)} ${text}.`),
  ].join("\n")
}

async function test(container: MedusaContainer, destination: string | undefined): Promise<string> {
  const { addresses } = await sendTestEvent(container, { destination })
  return addresses
    .flatMap(({ events, delivered, error_class: errorClass, message, http_status: status, duration_ms: duration, reply }) => [
      ...(addresses.length === 1 ? [] : [`Where ${events.join(", ")} goes:`]),
      delivered ? message : `[${errorClass ?? ""}] ${message}`,
      `HTTP ${String(status ?? "-")} after ${String(duration)} ms`,
      ...(reply === null ? [] : [`Reply: ${reply}`]),
    ])
    .join("\n")
}

/**
 * Lists, shows, replays and dismisses events for Odoo, and sends a test event.
 *
 *     npx medusa exec <path>/odoo-events -- list --status failed
 */
export default async function odooEvents({ container, args }: ExecArgs): Promise<void> {
  const commands: Record<string, Command> = {
    list: {
      usage: "shows events, oldest first",
      options: [...FILTERS, "limit", "offset"],
      run: ({ values }) => list(container, values),
    },
    show: {
      usage: "<id>  shows an event with its attempts and its body",
      options: ["destination"],
      run: ({ words, values }) => show(container, onlyId(words, "event"), values.destination),
    },
    replay: {
      usage: "<id> …  sends events again: these, or all that the options name",
      options: FILTERS,
      run: ({ words, values }) => replay(container, words, values),
    },
    dismiss: {
      usage: "<id> --reason <text>  gives an event up; the later ones of its record go on",
      options: ["reason", "destination"],
      run: async ({ words, values }) => {
        const id = onlyId(words, "event")
        const { reason, destination } = validate(dismissEventBody, { ...values, reason: requiredOption(values, "reason") })
        await dismissDelivery(container, { id, destination }, reason)
        return `${id} is dismissed. ${SENT_BY}`
      },
    },
    test: {
      usage: "sends a test event and shows the answer",
      options: ["destination"],
      run: ({ values }) => test(container, values.destination),
    },
  }
  await runCommand("odoo-events", commands, args)
}
