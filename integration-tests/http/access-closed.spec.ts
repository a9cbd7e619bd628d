import { shopSuite } from "../support/suite"

shopSuite({ apiKey: null }, (bench) => {
  describe("with no key configured and none generated", () => {
    it("/odoo stays closed, also for an empty key", async () => {
      for (const headers of [{}, { "x-odoo-api-key": "" }, { "x-odoo-api-key": "undefined" }, { "x-odoo-api-key": "null" }]) {
        expect((await bench.stranger.get("/odoo/orders", { headers })).status).toBe(401)
      }
    })
  })
})
