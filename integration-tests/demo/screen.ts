import type { DemoAdmin, DemoShop } from "./medusa"

/** What the demo shows a person. */
export class Screen {
  constructor() {
    // a terminal that was closed must not keep the demo from ending in order
    for (const stream of [process.stdout, process.stderr]) {
      stream.on("error", () => undefined)
    }
  }

  line(text: string): void {
    process.stdout.write(`${text}\n`)
  }

  title(text: string): void {
    this.line(`\n${text}\n${"=".repeat(text.length)}\n`)
  }

  heading(text: string): void {
    this.line(`\n${text}\n${"-".repeat(text.length)}`)
  }

  failure(text: string): void {
    process.stderr.write(`\n${text}\n`)
  }

  /** Says what is being done, and how long it took. */
  async task<T>(what: string, work: () => Promise<T>): Promise<T> {
    const start = Date.now()
    process.stdout.write(`  ${what} … `)
    try {
      const result = await work()
      this.line(`${((Date.now() - start) / 1000).toFixed(1)} s`)
      return result
    } catch (error) {
      this.line("failed")
      throw error
    }
  }

  /** One step of the walk, and what came of it. */
  step(number: number, what: string, outcome: string): void {
    this.line(`  ${String(number)}. ${what}\n     → ${outcome}`)
  }

  addresses(input: { shop: DemoShop; admin: DemoAdmin; baseUrl: string; odoo: { url: string; isStandIn: boolean }; logFile: string }): void {
    const { shop, admin, baseUrl, odoo, logFile } = input
    this.heading("To try yourself")
    this.line(`  Medusa           ${baseUrl}`)
    this.line(`  Webhooks go to   ${odoo.url}${odoo.isStandIn ? "  (a stand-in for Odoo)" : ""}`)
    this.line(`  API key          ${shop.apiKey}`)
    this.line(`  Admin login      ${admin.email}, password ${admin.password}  (POST ${baseUrl}/auth/user/emailpass; the demo serves no dashboard)`)
    this.line(`  Medusa's log     ${logFile}`)
    this.line(`
  The orders that Odoo has:

    curl -H "x-odoo-api-key: ${shop.apiKey}" "${baseUrl}/odoo/orders?synced=true"

  Ten more shirts have arrived at the warehouse:

    curl -H "x-odoo-api-key: ${shop.apiKey}" -H "content-type: application/json" -d '{"event_type":"stock.received","items":[{"sku":"SHIRT-M","quantity":10,"adjustment_type":"delta"}]}' "${baseUrl}/odoo/webhooks/inventory"

  A mistake, to see what an error looks like:

    curl -H "x-odoo-api-key: ${shop.apiKey}" "${baseUrl}/odoo/orders?limit=0"`)
  }
}
