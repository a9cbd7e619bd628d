import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import type { ClosedDeliveries, DeliverySummary } from "../modules/odoo/types"
import { addressedEvents, WEBHOOK } from "../modules/odoo/webhook-addresses"
import { MEDUSA_VERSION, PLUGIN_VERSION } from "../utils/versions"
import type { DeliveryStatus, DestinationStatus } from "../wire/answer-schemas/admin"

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)

/** The earliest of some times; null where there is none. */
const earliest = (times: readonly (Date | null)[]) =>
  times.reduce((first, time) => (first === null || (time !== null && time < first) ? time : first), null)

/** The status of delivery to one destination. */
function destinationView(summary: DeliverySummary, closed: ClosedDeliveries | undefined): DestinationStatus {
  const { destination: id, kind, paused_at: pausedAt, pause_reason: pauseReason, down_since: downSince } = summary
  return {
    id,
    kind,
    paused: pausedAt !== null,
    paused_at: pausedAt?.toISOString() ?? null,
    pause_reason: pauseReason,
    down_since: downSince?.toISOString() ?? null,
    in_flight: summary.in_flight,
    oldest_waiting_at: summary.oldest_waiting_at?.toISOString() ?? null,
    oldest_waiting_seconds: summary.oldest_waiting_seconds,
    events: {
      pending: summary.pending,
      behind: summary.behind,
      waiting: summary.waiting,
      failed: summary.failed,
      delivered: closed?.delivered ?? 0,
      dismissed: closed?.dismissed ?? 0,
    },
  }
}

const hasAddress = ({ options }: OdooModuleService) => addressedEvents(options.webhook).length > 0

/** The state of delivery for a person or a monitor: open and failed deliveries, and open refusals. */
export async function readDeliveryStatus(container: MedusaContainer): Promise<DeliveryStatus> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const [open, closed, refusals] = await Promise.all([odoo.outbox.summarise(), odoo.outbox.countClosed(), odoo.refusals.countOpen()])
  const destinations = open.map((summary) =>
    destinationView(summary, closed.find(({ destination }) => destination === summary.destination))
  )
  const first = destinations.find(({ paused }) => paused)
  const total = (state: keyof DestinationStatus["events"]) => sumOf(destinations.map(({ events }) => events[state]))
  return {
    plugin_version: PLUGIN_VERSION,
    medusa_version: MEDUSA_VERSION,
    delivery: {
      configured: hasAddress(odoo) || odoo.options.odoo.flows.length > 0,
      paused: destinations.length > 0 && destinations.every(({ paused }) => paused),
      paused_at: first?.paused_at ?? null,
      pause_reason: first?.pause_reason ?? null,
      in_flight: sumOf(destinations.map(({ in_flight: inFlight }) => inFlight)),
      oldest_waiting_at: earliest(open.map((summary) => summary.oldest_waiting_at))?.toISOString() ?? null,
      oldest_waiting_seconds: Math.max(0, ...open.map((summary) => summary.oldest_waiting_seconds)),
    },
    events: {
      pending: total("pending"),
      behind: total("behind"),
      waiting: total("waiting"),
      failed: total("failed"),
      delivered: total("delivered"),
      dismissed: total("dismissed"),
    },
    destinations,
    refusals,
  }
}

/** The versions, and the state of the deliveries to Odoo's webhook (contract 2). */
export async function readStatus(container: MedusaContainer) {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const webhook = (await odoo.outbox.summarise()).find(({ destination }) => destination === WEBHOOK)
  return {
    success: true,
    plugin_version: PLUGIN_VERSION,
    medusa_version: MEDUSA_VERSION,
    webhook: {
      configured: hasAddress(odoo),
      paused: webhook !== undefined && webhook.paused_at !== null,
      waiting: webhook === undefined ? 0 : webhook.pending + webhook.behind + webhook.waiting,
      failed: webhook?.failed ?? 0,
      oldest_waiting_at: webhook?.oldest_waiting_at?.toISOString() ?? null,
    },
  }
}
