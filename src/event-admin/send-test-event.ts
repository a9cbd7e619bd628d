import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import type { Destination } from "../modules/odoo/types"
import { sendWith, targetOf, type Target } from "../outbox/target"
import type { TestEventAnswer } from "../wire/answer-schemas/admin"
import { WireError } from "../wire/errors"
import { kindOfEvent, testEventBody } from "../wire/events"

type Tested = TestEventAnswer["addresses"][number]

/** The destination of that id, and its target; without an id, the oldest destination that is an Odoo, with an address where one has. */
async function destinationOf(container: MedusaContainer, id: string | undefined): Promise<{ destination: Destination; target: Target }> {
  const destinations = await container.resolve<OdooModuleService>(ODOO_MODULE).outbox.destinations()
  const isReady = (one: Destination) => targetOf(one.kind)?.isReady(container, one) === true
  const odoos = destinations.filter((one) => one.is_odoo)
  const destination = id === undefined ? (odoos.find(isReady) ?? odoos[0]) : destinations.find((one) => one.id === id)
  if (destination === undefined && id !== undefined) {
    throw new WireError("NOT_FOUND", "There is no such destination.")
  }
  const target = destination && targetOf(destination.kind)
  if (destination === undefined || target === undefined || !isReady(destination)) {
    throw new WireError("CONFLICT", "There is no address to send to. The webhook has one when webhook.url (ODOO_WEBHOOK_URL) is set and the shop has started again.")
  }
  return { destination, target }
}

async function testAddress(container: MedusaContainer, destination: Destination, target: Target, events: string[]): Promise<Tested> {
  const name = events[0] ?? ""
  const message = { event_id: generateEntityId(undefined, "otst"), record_kind: kindOfEvent(name), record_id: "", name, body: testEventBody(new Date()), isTest: true }
  const { attempt, verdict } = await sendWith(target, container, message, destination)
  const { duration_ms, http_status, reply } = attempt
  const failure = verdict.delivered ? null : verdict.failure
  return {
    events,
    delivered: verdict.delivered,
    error_class: failure?.class ?? null,
    message: failure === null ? "Odoo has taken it." : [failure.message, failure.reason && `It said: ${failure.reason}`].filter(Boolean).join(" "),
    http_status,
    duration_ms,
    reply,
  }
}

/**
 * Sends a test event once to each address of a destination, as all events are sent, and judges the answers. The test event is
 * not stored, and is sent also while delivery is paused.
 * @param input.destination the id of the destination; the oldest one that is an Odoo where it is missing
 * @throws WireError `NOT_FOUND`, or `CONFLICT` where the destination has no address
 */
export async function sendTestEvent(container: MedusaContainer, input: { destination?: string | undefined }): Promise<TestEventAnswer> {
  const { destination, target } = await destinationOf(container, input.destination)
  const parts = target.eventsByAddress?.(container) ?? [destination.events]
  const addresses = await Promise.all(parts.map((events) => testAddress(container, destination, target, events)))
  const shown = addresses.find(({ delivered }) => !delivered) ?? addresses[0]
  if (shown === undefined) {
    throw new Error(`the target ${target.kind} names no address`)
  }
  const { events: _, ...answer } = shown
  return { ...answer, addresses }
}
