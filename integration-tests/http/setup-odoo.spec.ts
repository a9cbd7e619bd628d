import { Modules } from "@medusajs/framework/utils"
import type { AxiosInstance } from "axios"

import setupOdoo from "../../src/scripts/setup-odoo"
import { listShopCurrencies } from "../../src/queries/list-shop-currencies"
import { KUWAIT_SHOP } from "../support/shop"
import { shopSuite } from "../support/suite"
import { typeScript } from "../support/type-script"

shopSuite({}, (bench) => {
  let admin: AxiosInstance
  beforeEach(async () => {
    admin = await bench.admin()
  })

  const post = (body: unknown) => admin.post("/admin/odoo/setup-odoo", body)

  describe("set-up of an Odoo that the options do not name", () => {
    it("is refused with the names of the options, by the route and by the script", async () => {
      const { status, data } = await post({})
      expect([status, data.code]).toEqual([409, "CONFLICT"])
      const { code, output } = await typeScript(bench.container, setupOdoo, "--dry-run")
      expect(code).toBe(1)
      for (const name of ["odoo.url", "odoo.username", "odoo.password", "ODOO_URL", "ODOO_USERNAME", "ODOO_PASSWORD", "ODOO_DB_NAME"]) {
        expect(data.message).toContain(name)
        expect(output).toContain(name)
      }
    })

    it("is not begun by a body or words that may be misspelt", async () => {
      for (const body of [{ dryRun: true }, { dry_run: "yes" }, { dry_run: 1 }, { remove: null }, { remove: [] }]) {
        const { status, data } = await post(body)
        expect([body, status, data.type]).toEqual([body, 400, "invalid_data"])
      }
      for (const words of [["remove"], ["--dryrun"], ["--remove=1"]]) {
        expect([words, (await typeScript(bench.container, setupOdoo, ...words)).code]).toEqual([words, 1])
      }
    })

    it("is for admins alone", async () => {
      expect((await bench.stranger.post("/admin/odoo/setup-odoo", {})).status).toBe(401)
      expect((await bench.client.post("/admin/odoo/setup-odoo", {})).status).toBe(401)
    })
  })

  describe("the shop's currencies", () => {
    it("are those of its store and of its regions, each once", async () => {
      const { container } = bench
      const [store] = await container.resolve(Modules.STORE).listStores({})
      const { currencyCode } = KUWAIT_SHOP
      await container.resolve(Modules.STORE).updateStores(store!.id, {
        supported_currencies: [{ currency_code: currencyCode, is_default: true }, { currency_code: "omr" }],
      })
      await container.resolve(Modules.REGION).createRegions([{ name: "Bahrain", currency_code: "bhd" }])
      expect((await listShopCurrencies(container)).sort()).toEqual(["bhd", currencyCode, "omr"].sort())
    })
  })
})
