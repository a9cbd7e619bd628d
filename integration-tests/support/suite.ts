import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import axios, { type AxiosInstance } from "axios"

import { ODOO_MODULE } from "../../src/modules/odoo"
import type OdooModuleService from "../../src/modules/odoo/service"
import { captureCustomersWorkflow } from "../../src/workflows"
import { drainEvents } from "../../src/workflows/deliver/drain"
import { OdooStandIn } from "./odoo-stand-in"
import { KUWAIT_SHOP, seedShop, type Shop, type ShopInput } from "./shop"
import { ADDRESS, Shopper, USUAL_GUEST } from "./shopper"
import { signIn } from "./sign-in"
import { waitFor } from "./wait"

export const API_KEY = "a-static-key-for-the-tests"

/** What a test of the booted shop can reach. Read members inside tests: the shop is not there earlier. */
export type Bench = {
  readonly container: MedusaContainer
  readonly shop: Shop
  readonly shopper: Shopper
  /** the plugin's module service */
  readonly odoo: OdooModuleService
  /** who receives the webhooks */
  readonly standIn: OdooStandIn
  /** a client that sends the static API key; it throws for no status */
  readonly client: AxiosInstance
  /** a client that sends nothing of its own; it throws for no status */
  readonly stranger: AxiosInstance
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
  await drainEvents(container)
  await odoo.deleteOdooEvents((await odoo.listOdooEvents({})).map((event) => event.id))
  await odoo.deleteOdooAttempts((await odoo.listOdooAttempts({})).map((attempt) => attempt.id))
}

/**
 * Boots Medusa with the plugin, a shop and a stand-in for Odoo, once for all tests of a file; each test starts with
 * the database as the boot left it.
 * @param input.empty a shop in which nobody was before
 */
export function shopSuite(
  input: { env?: Record<string, string>; shop?: ShopInput; apiKey?: string | null; empty?: boolean },
  tests: (bench: Bench) => void
): void {
  const standIn = new OdooStandIn()
  const apiKey = input.apiKey === undefined ? API_KEY : input.apiKey
  Object.assign(process.env, apiKey === null ? {} : { ODOO_API_KEY: apiKey }, input.env)
  medusaIntegrationTestRunner({
    inApp: true,
    hooks: {
      beforeServerStart: async () => {
        await standIn.start()
        process.env.ODOO_WEBHOOK_URL = standIn.url
      },
    },
    testSuite: ({ api, getContainer }) => {
      const baseUrl = () => (api as AxiosInstance).defaults.baseURL ?? ""
      let shop: Shop | undefined
      const present = () => {
        if (shop === undefined) {
          throw new Error("the shop is not there yet")
        }
        return shop
      }
      const client = (headers: Record<string, string>) =>
        axios.create({ baseURL: baseUrl(), headers, validateStatus: () => true })
      // a block of its own, so that its hooks run before the runner's, which reset the database
      describe("a shop", () => {
        beforeAll(async () => {
          // the sweep would find on its own what a test wants to see told by a hint; a test that is about it makes it due
          await getContainer()
            .resolve(ContainerRegistrationKeys.PG_CONNECTION)
            .raw("UPDATE odoo_sweep SET next_at = now() + interval '1 day'")
          shop = await seedShop(getContainer(), input.shop ?? KUWAIT_SHOP)
          if (input.empty !== true) {
            await knowTheUsualGuest(getContainer())
          }
        })
        beforeEach(() => {
          standIn.reset()
        })
        afterEach(async () => {
          // what is still on its way would meet a database that is being reset
          const database = getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
          await waitFor("the shop's hints have been followed", async () => {
            const { rows } = await database.raw<{ rows: unknown[] }>(
              `SELECT 1 FROM "order" LEFT JOIN odoo_record_state ON record_id = "order".id
               WHERE is_draft_order = false AND record_id IS NULL`
            )
            return rows.length === 0
          })
          await drainEvents(getContainer())
          await waitFor("nothing is under way to Odoo", async () => {
            const { rows } = await database.raw<{ rows: unknown[] }>("SELECT 1 FROM odoo_event WHERE leased_until > now()")
            return rows.length === 0
          })
        })
        afterAll(async () => {
          await standIn.stop()
        })
        tests({
          standIn,
          get container() {
            return getContainer()
          },
          get shop() {
            return present()
          },
          get shopper() {
            return new Shopper(baseUrl(), present())
          },
          get odoo() {
            return getContainer().resolve<OdooModuleService>(ODOO_MODULE)
          },
          get client() {
            return client({ "x-odoo-api-key": API_KEY })
          },
          get stranger() {
            return client({})
          },
          admin: async () => client({ authorization: `Bearer ${await signIn(getContainer(), client({}))}` }),
        })
      })
    },
  })
}
