import { z } from "zod"
import ms from "ms"

import { EVENT_NAMES, kindOfEvent } from "../../wire/events"
import { address, duration, flag, list, number, secret, text } from "./option-schemas"

const isKnown = (name: string) => EVENT_NAMES.some((known) => known === name)

/** The names that an event of a further record type can have: the kind of record, and a word. */
const FURTHER = /^[a-z][a-z_]*\.[a-z][a-z_]*$/

/**
 * Whether an event may exist. A host registers its record types after the options were read, so that their events are not known
 * yet: `warnOfUnknownEvents` checks these names at the end of the boot.
 */
const mayExist = (name: string) =>
  isKnown(name) || (FURTHER.test(name) && !EVENT_NAMES.some((known) => kindOfEvent(known) === kindOfEvent(name)))

/** The events of these names, each once, the known ones first. A name that no event can have is an error that lists the known events. */
function eventsAmong(names: readonly string[], context: z.RefinementCtx): string[] {
  const wrong = names.filter((name) => !mayExist(name))
  if (wrong.length > 0) {
    context.addIssue({ code: "custom", message: `there is no event "${wrong.join('", "')}"; there are ${EVENT_NAMES.join(", ")}` })
  }
  return [...EVENT_NAMES.filter((name) => names.includes(name)), ...new Set(names.filter((name) => !isKnown(name)))]
}

/** The comma before the next pair. An address may contain commas, so the comma must be followed by a name and `=`. */
const NEXT_PAIR = /,(?=\s*[\w-]+\.[\w-]+\s*=)/

/** `"order.created=https://…,customer.created=https://…"` from the environment is an object. Members that are empty are left out. */
function addresses(value: unknown): unknown {
  if (typeof value === "string") {
    const pairs = value.split(NEXT_PAIR).map((pair) => /^([^=]*)=([^]*)$/.exec(pair.trim()))
    return pairs.every((pair) => pair !== null) ? addresses(Object.fromEntries(pairs.map(([, name = "", url = ""]) => [name.trim(), url.trim()]))) : value
  }
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, url]) => url !== undefined && url !== null && url !== ""))
    : value
}

const PAIRS = "must be pairs of an event and its address, such as order.created=https://odoo.example.com/orders"

/** The options below `webhook`. */
export const webhookSchema = z
  .strictObject({
    url: address.optional(),
    events: z.preprocess(list, z.array(z.string()).transform(eventsAmong)).default([...EVENT_NAMES]),
    urls: z
      .preprocess(
        addresses,
        z.record(z.string(), address, PAIRS).transform((urls, context) => {
          eventsAmong(Object.keys(urls), context)
          return urls
        })
      )
      .default({}),
    secret: z.preprocess(list, z.array(secret).min(1)).optional(),
    database: text.optional(),
    retrySchedule: z.preprocess(list, z.array(duration)).default([ms("1m"), ms("5m"), ms("15m")]),
    timeoutMs: z.preprocess(number, z.number().int().min(100).max(ms("5m"))).default(ms("10s")),
    concurrency: z.preprocess(number, z.number().int().min(1).max(100)).default(8),
    replayAfterOutage: flag.default(true),
  })
  .superRefine(({ events, urls }, context) => {
    for (const name of Object.keys(urls).filter(mayExist)) {
      if (!events.includes(name)) {
        context.addIssue({ code: "custom", path: ["urls"], message: `${name} has an address, but webhook.events does not name it` })
      }
    }
  })
