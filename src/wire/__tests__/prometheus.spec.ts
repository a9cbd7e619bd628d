import { prometheusText } from "../prometheus"

const STATUS = {
  plugin_version: "0.2.0",
  medusa_version: "2.21.2",
  delivery: {
    configured: true,
    paused: true,
    paused_at: "2026-11-22T08:00:00.000Z",
    pause_reason: "Odoo is being upgraded",
    in_flight: 1,
    oldest_waiting_at: "2026-11-22T07:00:00.000Z",
    oldest_waiting_seconds: 3600,
  },
  events: { pending: 1, behind: 2, waiting: 3, failed: 4, delivered: 5, dismissed: 6 },
  destinations: [
    {
      id: "webhook",
      kind: "webhook",
      paused: true,
      paused_at: "2026-11-22T08:00:00.000Z",
      pause_reason: null,
      down_since: null,
      in_flight: 1,
      oldest_waiting_at: "2026-11-22T08:00:00.000Z",
      oldest_waiting_seconds: 3600,
      events: { pending: 1, behind: 2, waiting: 3, failed: 4, delivered: 5, dismissed: 6 },
    },
  ],
  refusals: 7,
}

/** A line of Prometheus' text format: a comment, or a name with labels and a value. */
const LINE = /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="([^"\\\n]|\\.)*"(,[a-z]+="([^"\\\n]|\\.)*")*\})? \d+)$/

describe("the page for Prometheus", () => {
  const lines = prometheusText(STATUS).split("\n")

  it("has every count, with what waits behind another event apart from what has failed", () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        "# TYPE odoo_events gauge",
        'odoo_events{destination="webhook",status="pending"} 1',
        'odoo_events{destination="webhook",status="behind"} 2',
        'odoo_events{destination="webhook",status="waiting"} 3',
        'odoo_events{destination="webhook",status="failed"} 4',
        'odoo_events{destination="webhook",status="delivered"} 5',
        'odoo_events{destination="webhook",status="dismissed"} 6',
        'odoo_events_in_flight{destination="webhook"} 1',
        'odoo_oldest_waiting_seconds{destination="webhook"} 3600',
        "odoo_delivery_configured 1",
        'odoo_delivery_paused{destination="webhook"} 1',
        'odoo_destination_down{destination="webhook"} 0',
        "odoo_refusals 7",
        'odoo_plugin_info{version="0.2.0",medusa="2.21.2"} 1',
      ])
    )
  })

  it("is of the form that Prometheus reads, and ends its last line", () => {
    expect(lines.at(-1)).toBe("")
    expect(lines.slice(0, -1).filter((line) => !LINE.test(line))).toEqual([])
    const named = lines.flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? [])
    expect(new Set(lines.slice(0, -1).map((line) => line.replace(/^# \w+ /, "").split(/[{ ]/)[0]))).toEqual(new Set(named))
    const odd = prometheusText({ ...STATUS, plugin_version: 'a"b\\c\nd' })
    expect(odd).toContain('version="a\\"b\\\\c\\nd"')
  })
})
