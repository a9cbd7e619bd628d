import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import axios, { type AxiosInstance } from "axios"

import { ODOO_MODULE } from "../../src/modules/odoo"
import { resolveOptions } from "../../src/modules/odoo/options"
import type OdooModuleService from "../../src/modules/odoo/service"
import { captureCustomersWorkflow } from "../../src/workflows"
import { dispatchDue } from "../../src/outbox/dispatcher"
import { bootMedusa, type BootedMedusa } from "./booted-medusa"
import type { ErrorLog } from "./error-log"
import { OdooStandIn } from "./odoo-stand-in"
import { QuickShopper } from "./quick-shopper"
import { KUWAIT_SHOP, seedShop, type Shop, type ShopInput } from "./shop"
import { ADDRESS, Shopper, USUAL_GUEST } from "./shopper"
import { signIn } from "./sign-in"
import type { TestDatabase } from "./test-database"
import { waitFor } from "./wait"

export const API_KEY = "a-static-key-for-the-tests"

/** What a test of the booted shop can reach. Read members inside tests: the shop is not there earlier. */
export type Bench = {
  readonly container: MedusaContainer
  readonly database: TestDatabase
  readonly shop: Shop
  readonly shopper: Shopper
  /** the plugin's module service */
  readonly odoo: OdooModuleService
  /** who receives the webhooks */
  readonly standIn: OdooStandIn
  /** what Medusa logs as errors: a test fails by those that it does not name */
  readonly errors: ErrorLog
  /** a client that sends the static API key; it throws for no status */
  readonly client: AxiosInstance
  /** a client that sends nothing of its own; it throws for no status */
  readonly stranger: AxiosInstance
  /** waits until Odoo was told everything and the records show it, so that nothing changes while a test compares two readings */
  readonly untilAllIsTold: () => Promise<void>
  /** makes an admin of the shop and signs in: a client with the bearer token, which throws for no status */
  readonly admin: () => Promise<AxiosInstance>
}

/** The guest that tests buy as was here before: an order of theirs tells Odoo of the order alone. */
async function knowTheUsualGuest(container: MedusaContainer): Promise<void> {
  const { id } = await container.resolve(Modules.CUSTOMER).createCustomers({
    email: USUAL_GUEST,
    first_name: ADDRESS.first_name,
    last_name: ADDRESS.last_name,
    phone: ADDRESS.phone,
  })
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  await captureCustomersWorkflow(container).run({ input: { ids: [id], isNew: true } })
  await dispatchDue(container)
  await odoo.deleteOdooDeliveries((await odoo.listOdooDeliveries({})).map(({ id: deliveryId }) => deliveryId))
  await odoo.deleteOdooEvents((await odoo.listOdooEvents({})).map((event) => event.id))
  await odoo.deleteOdooAttempts((await odoo.listOdooAttempts({})).map((attempt) => attempt.id))
}

/** What a suite wants of the shop that it runs in. */
export type SuiteInput = {
  /** options of the plugin (`ODOO_…`), and what the whole of Medusa is set up with */
  env?: Record<string, string>
  shop?: ShopInput
  /** the static API key; null for none */
  apiKey?: string | null
  /** a shop in which nobody was before */
  empty?: boolean
  /** whether no other suite may have written to the database before: Postgres plans by what it has seen */
  alone?: boolean
}

const isPluginOption = ([name]: readonly [string, string]) => name.startsWith("ODOO_")

/** What the whole of Medusa is set up with, by which suites can share one that has booted. */
export const setupOf = ({ env = {} }: SuiteInput) => Object.fromEntries(Object.entries(env).filter((entry) => !isPluginOption(entry)))

/** The Medusa that all suites of this process share, and who receives its webhooks. */
class SharedShop {
  readonly standIn = new OdooStandIn()
  #booting: Promise<BootedMedusa> | undefined

  async boot(setup: Record<string, string>): Promise<BootedMedusa> {
    this.#booting ??= this.#boot(setup)
    return await this.#booting
  }

  async #boot(setup: Record<string, string>): Promise<BootedMedusa> {
    await this.standIn.start()
    Object.assign(process.env, setup, { ODOO_WEBHOOK_URL: this.standIn.url })
    return await bootMedusa()
  }

  async end(): Promise<void> {
    await (await this.#booting)?.shutdown()
    await this.standIn.stop()
  }
}

const shared = new SharedShop()

/** Sets the plugin up anew: its options are read whenever they are needed. */
async function configure({ container }: BootedMedusa, { apiKey = API_KEY, env = {} }: SuiteInput): Promise<void> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const own = Object.fromEntries(Object.entries(env).filter(isPluginOption))
  Object.assign(odoo.options, resolveOptions({}, { ODOO_WEBHOOK_URL: shared.standIn.url, ODOO_API_KEY: apiKey ?? undefined, ...own }))
  await odoo.outbox.keepDestinations()
}

/** Waits until nothing of a test is under way any more: it would meet a database that is brought back. */
async function settle(container: MedusaContainer): Promise<void> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await waitFor("the shop's hints have been followed", async () => {
    const { rows } = await database.raw<{ rows: unknown[] }>(
      `SELECT 1 FROM "order" LEFT JOIN odoo_snapshot ON record_id = "order".id
       WHERE is_draft_order = false AND record_id IS NULL`
    )
    return rows.length === 0
  })
  await dispatchDue(container)
  await waitFor("nothing is under way to Odoo", async () => {
    const { rows } = await database.raw<{ rows: unknown[] }>("SELECT 1 FROM odoo_delivery WHERE leased_until > now()")
    return rows.length === 0
  })
}

/** Waits until every delivery has arrived and every link that an answer has brought stands in the metadata of its record. */
async function untilAllIsTold({ container, rest }: BootedMedusa): Promise<void> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  await waitFor("Odoo was told everything, and the records show their links", async () => {
    await settle(container)
    const { rows } = await database.raw<{ rows: unknown[] }>(
      `SELECT id FROM odoo_delivery WHERE status NOT IN ('delivered', 'dismissed')
       UNION ALL
       SELECT link.id FROM odoo_link AS link
       JOIN (SELECT id, metadata FROM "order" WHERE deleted_at IS NULL UNION ALL SELECT id, metadata FROM customer WHERE deleted_at IS NULL) AS record ON record.id = link.record_id
       WHERE link.id LIKE 'olnk_%' AND record.metadata ->> 'odoo_synced' IS DISTINCT FROM 'true'`
    )
    return rows.length === 0
  })
  await rest()
}

/** Makes the shop of a suite. */
async function openShop(medusa: BootedMedusa, input: SuiteInput): Promise<Shop> {
  await medusa.database.resetToBoot()
  await configure(medusa, input)
  // the sweep would find on its own what a test wants to see told by a hint; a test that is about it makes it due
  await medusa.container
    .resolve(ContainerRegistrationKeys.PG_CONNECTION)
    .raw("UPDATE odoo_sweep SET next_at = now() + interval '1 day'")
  const shop = await seedShop(medusa.container, input.shop ?? KUWAIT_SHOP)
  if (input.empty !== true) {
    await knowTheUsualGuest(medusa.container)
  }
  return shop
}

/** Describes the tests of a suite, in a Medusa that is there or is booted for them. */
export function describeSuite(input: SuiteInput, tests: (bench: Bench) => void): void {
  const { standIn } = shared
  let present: { medusa: BootedMedusa; shop: Shop } | undefined
  let isKept = false
  const open = () => {
    if (present === undefined) {
      throw new Error("the shop is not there yet")
    }
    return present
  }
  const client = (headers: Record<string, string>) =>
    axios.create({ baseURL: open().medusa.url, headers, validateStatus: () => true })
  describe("a shop", () => {
    beforeAll(async () => {
      const medusa = await shared.boot(setupOf(input))
      present = { medusa, shop: await openShop(medusa, input) }
    })
    beforeEach(async () => {
      if (!isKept) {
        // now, because the suite's own `beforeAll` hooks have run by now; what they have begun is not each test's to end
        const { medusa } = open()
        await settle(medusa.container)
        await medusa.rest()
        await medusa.database.checkpointSuite()
        isKept = true
      }
      standIn.reset()
    })
    afterEach(async () => {
      const { medusa } = open()
      await settle(medusa.container)
      await medusa.rest()
      await medusa.database.resetToSuite()
      medusa.errors.check()
    })
    tests({
      standIn,
      get container() {
        return open().medusa.container
      },
      get errors() {
        return open().medusa.errors
      },
      get database() {
        return open().medusa.database
      },
      get shop() {
        return open().shop
      },
      get shopper() {
        const { medusa, shop } = open()
        const { shippingPrice, taxRate } = input.shop ?? KUWAIT_SHOP
        return taxRate === undefined ? new QuickShopper(medusa.url, shop, medusa.container, shippingPrice) : new Shopper(medusa.url, shop)
      },
      get odoo() {
        return open().medusa.container.resolve<OdooModuleService>(ODOO_MODULE)
      },
      get client() {
        return client({ "x-odoo-api-key": API_KEY })
      },
      get stranger() {
        return client({})
      },
      untilAllIsTold: () => untilAllIsTold(open().medusa),
      admin: async () => client({ authorization: `Bearer ${await signIn(open().medusa.container, client({}))}` }),
    })
  })
}

/** Ends what the suites of this process have shared. */
export const endSharedShop = () => shared.end()

/** Where suites wait that are to run in a Medusa with others. */
const waiting: { collect?: (input: SuiteInput, tests: (bench: Bench) => void) => void } = {}

/** Has suites collected instead of described, while some work loads them. */
export function collectSuites(collect: NonNullable<typeof waiting.collect>, work: () => void): void {
  waiting.collect = collect
  work()
  delete waiting.collect
}

/**
 * A suite that needs a shop. Each test starts with the database as the suite's own `beforeAll` hooks have left it.
 */
export function shopSuite(input: SuiteInput, tests: (bench: Bench) => void): void {
  if (waiting.collect !== undefined) {
    waiting.collect(input, tests)
    return
  }
  afterAll(endSharedShop)
  describeSuite(input, tests)
}
