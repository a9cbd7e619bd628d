import { readFileSync } from "fs"

import { statusAnswer } from "../../src/wire/answer-schemas/service"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"
import { listEvents, updateEvent } from "../support/events"

const versionIn = (path: string) => (JSON.parse(readFileSync(path, "utf-8")) as { version: string }).version

shopSuite({}, (bench) => {
  const status = async () => {
    const response = await bench.client.get("/odoo/status")
    expect(response.status).toBe(200)
    return statusAnswer.parse(response.data)
  }

  describe("GET /odoo/status", () => {
    it("says what runs here, and that nothing waits in a new shop", async () => {
      expect(await status()).toEqual({
        success: true,
        plugin_version: versionIn("package.json"),
        medusa_version: versionIn(require.resolve("@medusajs/medusa/package.json")),
        webhook: { configured: true, paused: false, waiting: 0, failed: 0, oldest_waiting_at: null },
      })
    })

    it("counts what waits for Odoo and what has failed, and says since when the oldest waits", async () => {
      bench.standIn.answer = () => ({ status: 503, body: {} })
      await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 1 }])
      const [event] = await waitFor("the order's event waits", async () => {
        const events = await listEvents(bench.odoo, { status: "waiting" })
        return events.length === 1 && events
      })
      const waiting = await status()
      expect(waiting.webhook).toMatchObject({ waiting: 1, failed: 0, oldest_waiting_at: new Date(event!.created_at).toISOString() })
      await updateEvent(bench.odoo, { id: event!.id, status: "failed" })
      expect((await status()).webhook).toMatchObject({ waiting: 0, failed: 1, oldest_waiting_at: null })
      await updateEvent(bench.odoo, { id: event!.id, status: "dismissed" })
      expect((await status()).webhook).toMatchObject({ waiting: 0, failed: 0, oldest_waiting_at: null })
    })

    it("is closed to strangers", async () => {
      const { status: code, data } = await bench.stranger.get("/odoo/status")
      expect([code, data.error.code]).toEqual([401, "UNAUTHORIZED"])
      expect(data).not.toHaveProperty("plugin_version")
    })
  })
})
