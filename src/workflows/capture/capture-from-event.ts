import type { Event, MedusaContainer } from "@medusajs/framework/types"

import { recordTypes, type RecordType } from "../../records"
import { contextOfEvent } from "../../utils/change-context"
import { describeError } from "../../utils/describe-error"
import { startDelivery } from "../../outbox/start-delivery"
import { takeOverNamedLinks } from "../../links/named-links"
import { captureHinted } from "./capture-records"

/** An event of Medusa. */
export type HintEvent = Pick<Event, "name" | "data" | "metadata">

/** The names of the events that hint at records of any kind. */
export const hintEvents = (): string[] => [
  ...new Set(recordTypes().flatMap(({ hints }) => hints.flatMap(({ events }) => events))),
]

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> => typeof data === "object" && data !== null

/** The records of one kind that an event hints at. */
type Hinted = { ids: string[]; isNew: boolean }

async function hintedBy(container: MedusaContainer, { hints }: RecordType, event: HintEvent): Promise<Hinted> {
  const data = isObject(event.data) ? event.data : {}
  const concerned = hints.filter(({ events }) => events.includes(event.name))
  const ids = await Promise.all(concerned.map(({ idsOf }) => idsOf(container, data)))
  return { ids: [...new Set(ids.flat())], isNew: concerned.some(({ isNew }) => isNew === true) }
}

/**
 * Captures the records that an event of Medusa hints at, and starts the delivery of new events. The result does not depend on
 * how often the event comes. Delivery is only started, because a slow Odoo must not hold up other subscribers of the event bus.
 * @throws Error after all records were compared, so that the event bus may try again. The text contains no SQL
 */
export async function captureFromEvent(container: MedusaContainer, event: HintEvent): Promise<void> {
  let captured = 0
  const failures: string[] = []
  for (const type of recordTypes()) {
    let ids: string[] = []
    try {
      const hinted = await hintedBy(container, type, event)
      ids = hinted.ids
      if (ids.length > 0) {
        await takeOverNamedLinks(container, type.kind, ids)
        captured += (await captureHinted(container, type, { ...hinted, context: contextOfEvent(event) })).captured
      }
    } catch (error) {
      failures.push(`${type.kind} ${ids.join(", ")} could not be captured: ${describeError(error)}`)
    }
  }
  if (captured > 0) {
    startDelivery(container)
  }
  if (failures.length > 0) {
    throw new Error(`odoo: ${failures.join("; ")}`)
  }
}
