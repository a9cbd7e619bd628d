import { spawn } from "child_process"
import { setTimeout as pause } from "timers/promises"

import { setUp } from "../../src/connection/setup/set-up"
import { OdooClient } from "../../src/odoo-client"
import { odooServer, type OdooServer } from "../odoo/client"
import { haveProducts } from "../odoo/have-products"
import { Line } from "../odoo/line"
import type { SeededRandom } from "../support/random"

/** How long Odoo is away at a restart; milliseconds. */
const AWAY_MS = { least: 3_000, most: 8_000 }

const SKUS = ["SHIRT-S", "SHIRT-M", "MUG-WHITE"]

/** What a sale order is compared by. */
export type Sale = { id: number; x_medusa_order_id: string; amount_total: number; state: string }

/** A real Odoo, which the shop reaches by a line that is cut while Odoo is restarted. */
export class OdooWithLine {
  restarts = 0
  readonly #server: OdooServer = odooServer()
  readonly #line = new Line(new URL(this.#server.url))
  readonly #client: OdooClient

  constructor(
    private readonly random: SeededRandom,
    private readonly say: (what: string) => void,
    /** what restarts Odoo indeed; undefined where the line alone is cut */
    private readonly command: string | undefined
  ) {
    const { url, database, user: username, password } = this.#server
    this.#client = new OdooClient({ url, database, username, password })
  }

  /** Makes in Odoo what the shop needs, and opens the line. */
  async start(): Promise<void> {
    const { steps } = await setUp({ client: this.#client, currencies: ["kwd"], companyId: undefined, isDryRun: false, isRemoval: false })
    const missing = steps.filter(({ state }) => !["made", "there", "changed"].includes(state))
    if (missing.length > 0) {
      throw new Error(`Odoo could not be set up: ${JSON.stringify(missing)}`)
    }
    await haveProducts(this.#client, SKUS)
    await this.#line.mend()
  }

  async stop(): Promise<void> {
    this.#client.close()
    await this.#line.cut()
  }

  /** The options of the plugin, as variables. */
  get environment(): Record<string, string> {
    const { database, user, password } = this.#server
    return { ODOO_WEBHOOK_URL: "", ODOO_URL: this.#line.url, ODOO_DB_NAME: database, ODOO_USERNAME: user, ODOO_PASSWORD: password }
  }

  /** Is away for some seconds, and breaks the calls that are under way. */
  async restart(): Promise<void> {
    const awayMs = this.random.between(AWAY_MS.least, AWAY_MS.most)
    this.restarts += 1
    this.say(`restart ${String(this.restarts)} of Odoo: it is away for ${(awayMs / 1000).toFixed(1)} s${this.command === undefined ? "" : " or longer"}`)
    await this.#line.cut()
    await Promise.all([pause(awayMs), this.#runCommand()])
    await this.#line.mend()
  }

  /** The sale orders of orders. */
  async salesOf(orderIds: readonly string[]): Promise<Sale[]> {
    const fields = ["x_medusa_order_id", "amount_total", "state"]
    return (await this.#client.searchRead("sale.order", { domain: [["x_medusa_order_id", "in", orderIds]], fields })) as Sale[]
  }

  /** How many partners have each of these e-mails, without their addresses. */
  async partnersWith(emails: readonly string[]): Promise<Map<string, number>> {
    const domain = [["email", "in", emails], ["parent_id", "=", false], ["active", "in", [true, false]]] as const
    const counts = new Map<string, number>()
    for (const { email } of await this.#client.searchRead("res.partner", { domain, fields: ["email"] })) {
      counts.set(String(email), (counts.get(String(email)) ?? 0) + 1)
    }
    return counts
  }

  async #runCommand(): Promise<void> {
    if (this.command === undefined) {
      return
    }
    const child = spawn(this.command, { shell: true, stdio: "ignore" })
    const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("exit", resolve))
    if (code !== 0) {
      throw new Error(`"${this.command}" ended with ${String(code)}`)
    }
  }
}
