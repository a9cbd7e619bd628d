import { createOrderShipmentWorkflow } from "@medusajs/medusa/core-flows"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { Admin } from "../support/admin"
import { shopSuite } from "../support/suite"

shopSuite({}, (bench) => {
  const ago = (minutes: number) => new Date(Math.floor(Date.now() / 1000) * 1000 - minutes * 60_000)
  const odooTime = (time: Date) => time.toISOString().slice(0, 19).replace("T", " ")

  const tell = (eventType: string, order: Record<string, unknown>, key?: string) =>
    bench.client.post(
      "/odoo/webhooks/order-status",
      { event_type: eventType, order },
      { headers: key === undefined ? {} : { "Idempotency-Key": key } }
    )

  describe("the times that Odoo says", () => {
    it.each(["shipped_at", "shipped_date", "date_done"])("are those of the shipment, as %s", async (name) => {
      const admin = await Admin.signIn(bench)
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      const time = ago(90)
      const { status } = await tell("order.shipped", { medusa_order_id: id, [name]: odooTime(time), carrier_id: [3, "DHL"] })
      expect(status).toBe(200)
      const order = await admin.order(id)
      expect(order.metadata).toMatchObject({ odoo_shipped_at: time.toISOString(), carrier_name: "DHL" })
      expect(order.fulfillments).toMatchObject([{ shipped_at: time.toISOString() }])
      const late = await bench.client.post("/odoo/inventory/bulk-update", {
        items: [{ sku: "SHIRT-S", quantity: 50, updated_at: odooTime(ago(100)) }],
      })
      expect(late.data.results).toMatchObject({ stale: 1 })
    })

    it.each(["delivered_at", "delivered_date", "date_done"])("are those of the delivery, as %s", async (name) => {
      const admin = await Admin.signIn(bench)
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      const time = ago(30)
      expect((await tell("order.delivered", { medusa_order_id: id, [name]: odooTime(time) })).status).toBe(200)
      const order = await admin.order(id)
      expect(order.metadata).toMatchObject({ odoo_delivered_at: time.toISOString() })
      expect(order.fulfillments).toMatchObject([{ shipped_at: time.toISOString(), delivered_at: time.toISOString() }])
    })

    it("are refused where they are in the future, and nothing is done", async () => {
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      const { status, data } = await tell("order.shipped", { medusa_order_id: id, shipped_date: odooTime(ago(-10)) })
      expect([status, data.error.code]).toEqual([400, "VALIDATION_ERROR"])
      expect(data.error.message).toContain("more than five minutes ahead")
      expect((await (await Admin.signIn(bench)).order(id)).fulfillments).toEqual([])
    })
  })

  describe("a time that was not written, because the process died", () => {
    /**
     * Has the database refuse to write a time of a fulfillment while something is done: any, or the one of a value.
     * @param as the SQLSTATE; by `23502` Medusa says what it has against the data
     */
    const failing = async <T>(member: "shipped_at" | "delivered_at", value: Date | null, work: () => Promise<T>, as = "XX000") => {
      const database = bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      if (as === "XX000") {
        bench.errors.expect(/POST \/odoo\/webhooks\/order-status failed, .*: database error XX000/)
      }
      const isTheOne = value === null ? "true" : `NEW.${member} = '${value.toISOString()}'`
      await database.raw(
        `CREATE FUNCTION refuse_time() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
             IF NEW.${member} IS DISTINCT FROM OLD.${member} AND ${isTheOne} THEN
               RAISE EXCEPTION 'killed' USING ERRCODE = '${as}', TABLE = 'fulfillment', COLUMN = '${member}';
             END IF;
             RETURN NEW;
           END $$;
         CREATE TRIGGER refuse_time BEFORE UPDATE ON fulfillment FOR EACH ROW EXECUTE FUNCTION refuse_time()`
      )
      try {
        return await work()
      } finally {
        await database.raw("DROP FUNCTION refuse_time() CASCADE")
      }
    }

    const timesOf = async (id: string, member: "shipped_at" | "delivered_at") =>
      (await (await Admin.signIn(bench)).order(id)).fulfillments.map((fulfillment) => fulfillment[member]).sort()

    it.each(["shipped", "delivered"] as const)("is written by a repeat of order.%s, with an idempotency key and without", async (event) => {
      const member = `${event}_at` as const
      for (const key of [undefined, "one"]) {
        const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
        const time = ago(90)
        const said = { medusa_order_id: id, [member]: odooTime(time) }
        expect((await failing(member, time, () => tell(`order.${event}`, said, key))).status).toBe(500)
        expect(await timesOf(id, member)).not.toEqual([time.toISOString()])
        const { status, data } = await tell(`order.${event}`, said, key)
        expect([status, data.effects]).toEqual([200, []])
        expect(await timesOf(id, member)).toEqual([time.toISOString()])
      }
    })

    it("is the one of its own part, whichever event comes next", async () => {
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 3 }])
      const [first, second, third] = [ago(90), ago(60), ago(30)]
      const part = (tracking_number: string, time: Date) => ({
        medusa_order_id: id, tracking_number, shipped_at: odooTime(time), items: [{ sku: "SHIRT-S", quantity: 1 }],
      })
      await tell("order.shipped", part("ONE", first))
      expect((await failing("shipped_at", second, () => tell("order.shipped", part("TWO", second)))).status).toBe(500)
      expect((await tell("order.shipped", part("TWO", second))).data.effects).toEqual([])
      expect(await timesOf(id, "shipped_at")).toEqual([first.toISOString(), second.toISOString()])
      const rest = { medusa_order_id: id, shipped_at: odooTime(third) }
      expect((await failing("shipped_at", third, () => tell("order.shipped", rest))).status).toBe(500)
      await tell("order.delivered", { medusa_order_id: id })
      expect(await timesOf(id, "shipped_at")).toEqual([first, second, third].map((time) => time.toISOString()))
    })

    it("leaves the time of a parcel that a person has shipped", async () => {
      const admin = await Admin.signIn(bench)
      for (const isBegun of [false, true]) {
        const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
        const said = { medusa_order_id: id, shipped_at: odooTime(ago(90)) }
        const items = (await admin.order(id)).items.map((line) => ({ id: line.id, quantity: 1 }))
        if (isBegun) {
          expect((await failing("shipped_at", null, () => tell("order.shipped", said))).status).toBe(500)
        } else {
          await admin.post(`/admin/orders/${id}/fulfillments`, { items, location_id: bench.shop.locationId })
        }
        const [packed] = (await admin.order(id)).fulfillments
        await admin.post(`/admin/orders/${id}/fulfillments/${packed!.id}/shipments`, { items })
        const times = await timesOf(id, "shipped_at")
        expect((await tell("order.shipped", said)).data.effects).toEqual([])
        expect((await tell("order.delivered", { ...said, delivered_at: odooTime(ago(30)) })).data.effects).toEqual(["delivered"])
        expect(await timesOf(id, "shipped_at")).toEqual(times)
      }
    })

    it.each([
      [409, "23502"],
      [500, "XX000"],
    ])("leaves the time of a delivery that a person has noted, after Odoo was answered %i", async (refusal, state) => {
      const admin = await Admin.signIn(bench)
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      const said = { medusa_order_id: id, delivered_at: odooTime(ago(30)) }
      expect((await failing("delivered_at", null, () => tell("order.delivered", said), state)).status).toBe(refusal)
      const [packed] = (await admin.order(id)).fulfillments
      await admin.post(`/admin/orders/${id}/fulfillments/${packed!.id}/mark-as-delivered`)
      const times = await timesOf(id, "delivered_at")
      expect((await tell("order.delivered", said)).data.effects).toEqual([])
      expect(await timesOf(id, "delivered_at")).toEqual(times)
    })

    it.each(["shipped", "delivered"] as const)("leaves the time at which a person had it %s, where the process died before it did", async (event) => {
      const admin = await Admin.signIn(bench)
      const member = `${event}_at` as const
      const database = bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
      const { id } = await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 1 }])
      const items = (await admin.order(id)).items.map((line) => ({ id: line.id, quantity: 1 }))
      await admin.post(`/admin/orders/${id}/fulfillments`, { items, location_id: bench.shop.locationId })
      const [packed] = (await admin.order(id)).fulfillments
      if (event === "delivered") {
        await admin.post(`/admin/orders/${id}/fulfillments/${packed!.id}/shipments`, { items })
      }
      const said = { medusa_order_id: id, [member]: odooTime(ago(30)) }
      // nothing more is written of a parcel once its time is noted: as if the process were gone
      await database.raw(
        `CREATE FUNCTION refuse_more() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
             IF OLD.metadata ->> 'odoo_${member}' IS NOT NULL THEN
               RAISE EXCEPTION 'killed';
             END IF;
             RETURN NEW;
           END $$;
         CREATE TRIGGER refuse_more BEFORE UPDATE ON fulfillment FOR EACH ROW EXECUTE FUNCTION refuse_more()`
      )
      bench.errors.expect(/POST \/odoo\/webhooks\/order-status failed, .*: database error P0001/)
      expect((await tell(`order.${event}`, said)).status).toBe(500)
      await database.raw("DROP FUNCTION refuse_more() CASCADE")
      // a person comes a while later
      await database.raw(
        `UPDATE fulfillment SET metadata = metadata || jsonb_build_object('odoo_${member}_noted', now() - interval '1 minute')
         WHERE id = :id AND metadata ->> 'odoo_${member}' IS NOT NULL`,
        { id: packed!.id }
      )
      if (event === "delivered") {
        await admin.post(`/admin/orders/${id}/fulfillments/${packed!.id}/mark-as-delivered`)
      } else {
        await createOrderShipmentWorkflow(bench.container).run({ input: { order_id: id, fulfillment_id: packed!.id, items } })
      }
      const times = await timesOf(id, member)
      expect((await tell(`order.${event}`, said)).data.effects).toEqual([])
      expect(await timesOf(id, member)).toEqual(times)
    })
  })
})
