import type { DeliveryStatus, DestinationStatus } from "./answer-schemas/admin"

/** The media type of the text. */
export const PROMETHEUS_TYPE = "text/plain; charset=utf-8; version=0.0.4"

type Sample = { labels?: Readonly<Record<string, string>>; value: number }

const escaped = (text: string) => text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n")

function line(name: string, { labels = {}, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${String(value)}`
}

const gauge = (name: string, help: string, samples: readonly Sample[]) =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...samples.map((sample) => line(name, sample))].join("\n")

/** The status of delivery in Prometheus' text format 0.0.4. */
export function prometheusText({ plugin_version, medusa_version, delivery, destinations, refusals }: DeliveryStatus): string {
  const counts = destinations.flatMap(({ id: destination, events }) =>
    Object.entries(events).map(([status, value]): Sample => ({ labels: { destination, status }, value }))
  )
  const each = (valueOf: (destination: DestinationStatus) => number) =>
    destinations.map((destination): Sample => ({ labels: { destination: destination.id }, value: valueOf(destination) }))
  const page = [
    gauge("odoo_events", "Events that are kept, by destination and status.", counts),
    gauge("odoo_events_in_flight", "Events that are being sent at the moment.", each(({ in_flight: inFlight }) => inFlight)),
    gauge("odoo_oldest_waiting_seconds", "For how long the oldest event has waited that has not failed and is not behind another one; 0 for none.", each(({ oldest_waiting_seconds: seconds }) => seconds)),
    gauge("odoo_delivery_configured", "Whether there is an address that events are posted to, or a direct connection.", [{ value: Number(delivery.configured) }]),
    gauge("odoo_delivery_paused", "Whether a person has paused delivery.", each(({ paused }) => Number(paused))),
    gauge("odoo_destination_down", "Whether a destination does not answer.", each(({ down_since: since }) => Number(since !== null))),
    gauge("odoo_refusals", "What Medusa has refused of what Odoo said, and nobody has settled.", [{ value: refusals }]),
    gauge("odoo_plugin_info", "Which versions run here.", [{ labels: { version: plugin_version, medusa: medusa_version }, value: 1 }]),
  ]
  return `${page.join("\n")}\n`
}
