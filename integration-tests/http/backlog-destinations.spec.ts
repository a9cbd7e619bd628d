import { WorkflowManager } from "@medusajs/framework/orchestration"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { dispatchDue } from "../../src/outbox/dispatcher"
import { orderType } from "../../src/records/order"
import odooBacklog from "../../src/scripts/odoo-backlog"
import { captureOrdersWorkflow } from "../../src/workflows"
import { sendBacklog } from "../../src/workflows/sweep/backlog"
import { MemoryTarget } from "../support/memory-target"
import { shopSuite } from "../support/suite"
import { typeScript } from "../support/type-script"
import { waitFor } from "../support/wait"

shopSuite({ empty: true }, (bench) => {
  const memory = new MemoryTarget("memory")

  const query = async (statement: string) => {
    await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw(statement)
  }

  const orders = () => bench.container.resolve(Modules.ORDER)

  const capture = (...ids: string[]) => captureOrdersWorkflow(bench.container).run({ input: { ids } })

  /** An order of which whoever asks for it now is told. */
  const enter = async () => {
    const items = [{ title: "Mug", quantity: 1, unit_price: 1.255 }]
    const { id } = await orders().createOrders({ currency_code: "kwd", email: "silent@example.com", items })
    await capture(id)
    return id
  }

  /** An order from before the plugin: nobody was told of it. */
  const enterBefore = async () => {
    await query("UPDATE odoo_sweep SET installed_at = now() + interval '1 hour', baseline_done_at = NULL")
    const id = await enter()
    await query("UPDATE odoo_sweep SET installed_at = now() - interval '1 year', baseline_done_at = now()")
    return id
  }

  /** The destination that is added to a shop whose webhook has been told for long. */
  const addMemory = (isOdoo = false) => memory.open(bench.container, ["order.created", "order.status_updated"], isOdoo)

  const send = async (destination: string, dryRun = false) => {
    const [progress] = await sendBacklog(bench.container, { since: new Date(0), kinds: ["order"], dryRun, destination })
    return { written: progress?.written, total: progress?.total }
  }

  /** The orders that a destination is told of as new, in the order in which it is told. */
  const toldTo = async (destination: string) => {
    const filters = { destination_id: destination, name: "order.created" }
    const deliveries = await bench.odoo.listOdooDeliveries(filters, { order: { sequence: "ASC" } })
    return deliveries.map(({ record_id: id }) => id)
  }

  // a sweep that is due would find what these tests want to find themselves
  beforeAll(() => WorkflowManager.unregister("job-odoo-sweep"))
  beforeEach(() => {
    memory.arrived.length = 0
  })

  describe("the backlog of a destination that was added later", () => {
    it("is what this one was never told of, whatever others were, is sent to it alone, and once", async () => {
      const [before, told] = [await enterBefore(), await enter()]
      await addMemory()
      const toldToBoth = await enter()
      expect(await send("memory", true)).toEqual({ written: 0, total: 2 })
      expect(await send("memory")).toEqual({ written: 2, total: 2 })
      expect(await toldTo("memory")).toEqual([toldToBoth, before, told])
      expect(await toldTo("webhook")).toEqual([told, toldToBoth])
      await dispatchDue(bench.container)
      await waitFor("the target has all of it", () => memory.arrived.length === 3)
      expect(await send("memory")).toEqual({ written: 0, total: 0 })
      // the one before is the other's to be told of still
      expect(await send("webhook")).toEqual({ written: 1, total: 1 })
      expect(await toldTo("webhook")).toEqual([told, toldToBoth, before])
      expect(await send("memory")).toEqual({ written: 0, total: 0 })
    })

    it("has nothing that it was told of so long ago that the delivery was removed", async () => {
      await addMemory()
      await enter()
      await enterBefore()
      expect(await send("memory")).toEqual({ written: 1, total: 1 })
      await query("UPDATE odoo_delivery SET status = 'delivered', delivered_at = now() - interval '1 year'")
      await bench.odoo.outbox.prune()
      expect(await toldTo("memory")).toEqual([])
      expect(await send("memory")).toEqual({ written: 0, total: 0 })
    })

    it("is without what Odoo has, where the destination is Odoo, and without what was canceled", async () => {
      // an Odoo that takes an order and does not say what it calls it
      bench.standIn.answer = () => ({ body: { success: true } })
      const [told, linked, canceled] = [await enter(), await enter(), await enter()]
      await bench.odoo.links.link({ kind: "order", recordId: linked, odooId: "5", odooName: null, syncedAt: null, force: false })
      await orders().updateOrders(canceled, { status: "canceled" })
      await addMemory(true)
      expect(await send("memory")).toEqual({ written: 1, total: 1 })
      expect(await toldTo("memory")).toEqual([told])
      // to whom is not Odoo, what Odoo has says nothing
      await addMemory(false)
      expect(await send("memory")).toEqual({ written: 1, total: 1 })
      expect(await toldTo("memory")).toEqual([told, linked])
    })

    /** Has something happen when the orders of a backlog were read, and are not yet told. */
    const meanwhile = async (happen: () => Promise<unknown>) => {
      const read = orderType.readCreated
      const spy = jest.spyOn(orderType, "readCreated").mockImplementationOnce(async (container, records) => {
        const made = await read(container, records)
        await happen()
        return made
      })
      return await send("memory").finally(() => spy.mockRestore())
    }

    it("tells of an order once that changes at that moment, as it is by then", async () => {
      const id = await enter()
      await addMemory()
      const progress = await meanwhile(async () => {
        await orders().updateOrders(id, { status: "completed" })
        await capture(id)
      })
      expect(progress).toEqual({ written: 1, total: 1 })
      const events = await bench.odoo.listOdooEvents({ record_id: id }, { order: { sequence: "ASC" } })
      expect(events.map(({ name, body }) => [name, (JSON.parse(body) as { data: { order?: { status: string } } }).data.order?.status])).toEqual([
        ["order.created", "pending"],
        ["order.status_updated", undefined],
        ["order.created", "completed"],
      ])
      expect(await toldTo("memory")).toEqual([id])
    })

    it("tells of an order once where two commands send it at that moment", async () => {
      const id = await enter()
      await addMemory()
      expect(await meanwhile(() => send("memory"))).toEqual({ written: 0, total: 1 })
      expect(await toldTo("memory")).toEqual([id])
    })

    it("is not noted as told where the destination stops asking at that moment", async () => {
      await enter()
      await addMemory()
      expect(await meanwhile(() => memory.open(bench.container, []))).toEqual({ written: 0, total: 1 })
      await addMemory()
      expect(await send("memory")).toEqual({ written: 1, total: 1 })
    })
  })

  describe("the command", () => {
    const type = (...words: string[]) => typeScript(bench.container, odooBacklog, "send", "--since", "2026-01-01", "--only", "orders", ...words)

    it("asks which destination is told where several ask, and tells that one alone", async () => {
      const id = await enterBefore()
      await addMemory()
      for (const words of [[], ["--dry-run"]]) {
        const { code, output } = await type(...words)
        expect([code, output]).toEqual([1, expect.stringContaining("Several destinations ask for order.created: webhook, memory.")])
      }
      expect([await toldTo("webhook"), await toldTo("memory")]).toEqual([[], []])
      expect((await type("--destination", "memory")).output).toMatch(/orders +1 +1 +0\n/)
      expect([await toldTo("webhook"), await toldTo("memory")]).toEqual([[], [id]])
    })

    it("needs no destination where one asks, and sends as ever what nobody was told of", async () => {
      const before = await enterBefore()
      await memory.open(bench.container, ["order.status_updated"])
      expect((await type()).output).toMatch(/orders +1 +1 +0\n/)
      expect([await toldTo("webhook"), await toldTo("memory")]).toEqual([[before], []])
    })

    it("names what is wrong with a destination", async () => {
      await memory.open(bench.container, ["order.status_updated"])
      const unknown = await type("--destination", "nobody")
      expect([unknown.code, unknown.output]).toEqual([1, expect.stringContaining("There is no destination nobody. There is webhook, memory.")])
      const unasked = await type("--destination", "memory")
      expect([unasked.code, unasked.output]).toEqual([
        1, expect.stringContaining("order.created would not be sent: the destination memory does not ask for it."),
      ])
    })
  })
})
