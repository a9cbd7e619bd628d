import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { AxiosResponse } from "axios"
import { parse } from "csv-parse/sync"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"

import odooStock from "../../src/scripts/odoo-stock"

import { digestOfDatabase } from "../support/digest"
import { readmeBlock } from "../support/readme"
import { KUWAIT_SHOP } from "../support/shop"
import { leastStatements } from "../support/statements"
import { shopSuite } from "../support/suite"
import { typeScript } from "../support/type-script"

const NUTS = Array.from({ length: 1_000 }, (_, index) => ({ title: `No. ${String(index)}`, sku: `NUT-${String(index).padStart(4, "0")}`, price: 1 }))

const SHOP = { ...KUWAIT_SHOP, products: [...KUWAIT_SHOP.products, { title: "Nuts", handle: "nuts", variants: NUTS }] }

/** After whatever a test has done, so that a count of this time misses nothing: Odoo's clock may be some minutes ahead. */
const later = () => new Date(Date.now() + 240_000).toISOString()

shopSuite({ shop: SHOP }, (bench) => {
  const compare = (items: unknown, members: object = {}, config: object = {}) =>
    bench.client.post("/odoo/inventory/compare", { items, ...members }, config)

  const push = (item: object) => bench.client.post("/odoo/inventory/update", item)

  /** The only difference of some counts. */
  const only = async (items: unknown, members: object = {}) => {
    const { status, data } = await compare(items, members)
    expect([status, data.differences.length]).toEqual([200, 1])
    return data.differences[0]
  }

  const levelOf = async (sku: string, locationId = bench.shop.locationId) => {
    const [level] = await bench.container
      .resolve("inventory")
      .listInventoryLevels({ inventory_item_id: bench.shop.variants[sku]!.inventoryItemId, location_id: locationId })
    return level && { stocked: level.stocked_quantity, reserved: level.reserved_quantity }
  }

  describe("POST /odoo/inventory/compare", () => {
    it("lists what differs and by how much, and leaves out what does not", async () => {
      const { status, data } = await compare([
        { sku: "SHIRT-S", quantity: 40 },
        { sku: "SHIRT-M", quantity: 50 },
        { default_code: " mug-white ", quantity: "53.0", location_id: false, warehouse_name: "main warehouse", updated_at: false },
      ])
      expect(status).toBe(200)
      const common = {
        location_id: bench.shop.locationId,
        location_name: bench.shop.locationName,
        quantity_is: "on_hand",
        stocked_quantity: 50,
        reserved_quantity: 0,
        available_quantity: 50,
        reasons: [],
        applied: false,
      }
      expect(data).toEqual({
        success: true,
        applied: false,
        summary: { total: 3, equal: 1, differing: 2, unknown: 0, failed: 0, duplicates: 0, reasons: {} },
        differences: [
          { index: 0, sku: "SHIRT-S", odoo_quantity: 40, difference: -10, message: "Odoo counts 40 on hand, the shop has 50", ...common },
          { index: 2, sku: "mug-white", odoo_quantity: 53, difference: 3, message: "Odoo counts 53 on hand, the shop has 50", ...common },
        ],
      })
    })

    it("finds that Odoo has sent what is free for what is on hand, and the reverse", async () => {
      await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 3 }])
      const shop = { stocked_quantity: 50, reserved_quantity: 3, available_quantity: 47 }
      const free = await only([{ sku: "SHIRT-S", quantity: 47 }])
      expect(free).toMatchObject({ ...shop, difference: -3, reasons: ["reserved"], message: expect.stringContaining("quantity_is: available") })
      const onHand = await only([{ sku: "SHIRT-S", quantity: 50, quantity_is: "available" }])
      expect(onHand).toMatchObject({ ...shop, quantity_is: "available", difference: 3, reasons: ["reserved"] })
      const { data } = await compare([{ default_code: "SHIRT-S", free_qty: 47, qty_available: false }, { sku: "MUG-WHITE", qty_available: 50 }])
      expect(data.summary).toMatchObject({ total: 2, equal: 2 })
      expect((await only([{ sku: "SHIRT-S", quantity: 46 }])).reasons).toEqual([])
    })

    it("finds what is sold and, as Odoo counts, not there", async () => {
      await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 3 }])
      expect(await only([{ sku: "SHIRT-S", quantity: 1 }])).toMatchObject({ difference: -49, reasons: ["oversold"], oversold_by: 2 })
    })

    it("knows a count of less than none, and one that it rounds", async () => {
      const { data } = await compare([{ sku: "SHIRT-S", quantity: -3 }, { sku: "SHIRT-M", quantity: 48.5 }, { sku: "MUG-WHITE", quantity: 50.5 }])
      expect(data.summary).toMatchObject({ equal: 1, differing: 2, reasons: { oversold: 1 } })
      expect(data.differences).toMatchObject([
        { sku: "SHIRT-S", odoo_quantity: 0, difference: -50, oversold_by: 3, message: expect.stringContaining("Odoo has 3 less than none") },
        { sku: "SHIRT-M", odoo_quantity: 48, difference: -2, rounded_from: 48.5 },
      ])
      const applied = await compare([{ sku: "SHIRT-S", quantity: -3 }], { apply: true })
      expect(applied.data.differences).toMatchObject([{ applied: true, new_quantity: 0, oversold_by: 3 }])
      expect(await bench.shopper.availabilityOf("SHIRT-S")).toBe(0)
    })

    it("names what can not be compared, and compares the rest", async () => {
      const { status, data } = await compare([
        { sku: "NO-SUCH", quantity: 4 },
        { sku: "SHIRT-S", quantity: 1, updated_at: "2099-01-01 00:00:00" },
        "nonsense",
        { sku: "SHIRT-S", quantity: 1, location_id: "sloc_no" },
        { sku: "SHIRT-S", quantity: 1, warehouse_name: "The moon" },
        { sku: "SHIRT-M", quantity: 1 },
      ])
      expect([status, data.success]).toEqual([200, false])
      expect(data.summary).toEqual({
        total: 6, equal: 0, differing: 1, unknown: 1, failed: 4, duplicates: 0,
        reasons: { unknown_sku: 1, unknown_location: 2, unreadable: 2 },
      })
      expect(data.differences[0]).toEqual({
        index: 0, sku: "NO-SUCH", location_id: bench.shop.locationId, location_name: bench.shop.locationName,
        odoo_quantity: 4, quantity_is: "on_hand", stocked_quantity: null, reserved_quantity: null, available_quantity: null,
        difference: null, reasons: ["unknown_sku"], message: "no stock record has this SKU", applied: false,
      })
      expect(data.differences.slice(1, 5).map(({ odoo_quantity, message }: { odoo_quantity: number; message: string }) => [odoo_quantity, message])).toEqual([
        [null, "updated_at: must not be more than five minutes ahead of the shop's clock"],
        [null, expect.stringContaining("expected object")],
        [1, "there is no stock location sloc_no"],
        [1, "there is no stock location named The moon"],
      ])
    })

    it("knows an item that has no level at a location; none of it there is no difference", async () => {
      const [second] = await bench.container.resolve("stock_location").createStockLocations([{ name: "Second" }])
      const at = (quantity: number) => ({ sku: "SHIRT-S", quantity, location_id: second!.id })
      expect(await only([at(4)])).toMatchObject({ stocked_quantity: 0, difference: 4, location_name: "Second", reasons: ["no_level"] })
      expect((await compare([at(0)])).data.summary).toMatchObject({ equal: 1, differing: 0 })
      expect(await levelOf("SHIRT-S", second!.id)).toBeUndefined()
      const vague = await compare([{ sku: "SHIRT-S", quantity: 4 }])
      expect([vague.status, vague.data.error.details.issues[0].path]).toEqual([400, "items[0].location_id"])
    })

    it("knows a count that is older than the one applied last", async () => {
      await push({ sku: "SHIRT-S", quantity: 7, updated_at: "2026-11-21T12:00:00Z" })
      expect((await only([{ sku: "SHIRT-S", quantity: 9, updated_at: "2026-11-21 11:59:59" }])).reasons).toEqual(["stale"])
      // what was applied last is of the same time: it was no change in the shop that made the level what it is
      expect((await only([{ sku: "SHIRT-S", quantity: 9, updated_at: "2026-11-21T12:00:00Z" }])).reasons).toEqual([])
    })

    it("says where the stock has changed in the shop after a count", async () => {
      await push({ sku: "SHIRT-S", quantity: 7, updated_at: "2026-11-21T12:00:00Z" })
      await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 2 }])
      expect((await only([{ sku: "SHIRT-S", quantity: 9, updated_at: "2026-11-21T12:00:00Z" }])).reasons).toEqual(["changed_since"])
      expect((await only([{ sku: "SHIRT-S", quantity: 9, updated_at: later() }])).reasons).toEqual([])
      expect((await only([{ sku: "SHIRT-S", quantity: 9 }])).reasons).toEqual([])
    })

    it("compares one count of each stock: the last, unless that is outdated", async () => {
      const { data } = await compare([
        { sku: "SHIRT-S", quantity: 1 },
        { sku: "shirt-s", quantity: 50 },
        { sku: "SHIRT-M", quantity: 30, updated_at: "2026-11-21T12:00:00Z" },
        { sku: "SHIRT-M", quantity: 20, updated_at: "2026-11-21T11:00:00Z" },
      ])
      expect(data.summary).toMatchObject({ total: 4, equal: 1, differing: 1, duplicates: 2 })
      expect(data.differences).toMatchObject([
        { index: 0, difference: -49, reasons: ["duplicate"], message: expect.stringContaining("the item at place 1") },
        { index: 2, difference: -20, reasons: ["changed_since"] },
        { index: 3, reasons: ["duplicate"], message: expect.stringContaining("the item at place 2") },
      ])
    })

    it("writes nothing, not even what waits to be moved", async () => {
      await bench.client.post("/odoo/inventory", { items: [{ sku: "CAP-RED", quantity: 12 }] })
      const item = await bench.container.resolve("inventory").createInventoryItems({ sku: "CAP-RED" })
      const before = await digestOfDatabase(bench)
      const { data } = await compare([
        { sku: "SHIRT-S", quantity: 1, updated_at: later() },
        { sku: "NO-SUCH", quantity: 1 },
        { sku: "CAP-RED", quantity: 5 },
      ])
      expect(data.summary).toMatchObject({ differing: 2, unknown: 1 })
      expect(data.differences[2]).toMatchObject({ sku: "CAP-RED", reasons: ["no_level"] })
      expect(await digestOfDatabase(bench)).toEqual(before)
      const applied = await compare([{ sku: "CAP-RED", quantity: 5 }], { apply: true })
      expect(applied.data.differences[0]).toMatchObject({ stocked_quantity: 12, difference: -7, applied: true, new_quantity: 5 })
      const level = await bench.container.resolve("inventory").retrieveInventoryLevelByItemAndLocation(item.id, bench.shop.locationId)
      expect(level.stocked_quantity).toBe(5)
    })

    it("takes thousands of counts by as many statements as a few", async () => {
      const counts = (length: number) => Array.from({ length }, (_, index) => ({ sku: `NUT-${String(index % 1_000).padStart(4, "0")}`, quantity: 1 }))
      const few = await leastStatements(() => compare(counts(3)))
      const many = await leastStatements(() => compare(counts(1_000)))
      expect(many).toBeLessThanOrEqual(few)
      const { status, data } = await compare(counts(20_000))
      expect([status, data.summary]).toMatchObject([200, { total: 20_000, differing: 1_000, duplicates: 19_000 }])
    })

    it("is closed to strangers", async () => {
      const { status, data } = await bench.stranger.post("/odoo/inventory/compare", { items: [{ sku: "SHIRT-S", quantity: 1 }], apply: true })
      expect([status, data.error.code]).toEqual([401, "UNAUTHORIZED"])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0 })
    })

    it.each([
      ["no items", {}, "items"],
      ["an empty list", { items: [] }, "items"],
      ["a text for a list", { items: "SHIRT-S" }, "items"],
      ["an apply that is neither", { items: [{ sku: "SHIRT-S", quantity: 1 }], apply: "maybe" }, "apply"],
      ["a form that there is not", { items: [{ sku: "SHIRT-S", quantity: 1 }], format: "xlsx" }, "format"],
    ])("refuses %s, and changes nothing", async (_, body, path) => {
      const { status, data } = await bench.client.post("/odoo/inventory/compare", body)
      expect([status, data.error.code, data.error.details.issues[0].path]).toEqual([400, "VALIDATION_ERROR", path])
      expect((await bench.client.post("/odoo/inventory/compare?format=pdf", { items: [{ sku: "SHIRT-S", quantity: 1 }] })).status).toBe(400)
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0 })
    })

    it("takes the request that the README shows", async () => {
      const { status, data } = await bench.client.post("/odoo/inventory/compare", JSON.parse(readmeBlock("compare-request")))
      expect([status, data.summary.total]).toEqual([200, 2])
    })
  })

  describe("apply", () => {
    it("sets what differs as a push does, and says of each difference what became of it", async () => {
      await bench.shopper.buy([{ sku: "MUG-WHITE", quantity: 3 }])
      await push({ sku: "SHIRT-M", quantity: 7, updated_at: "2026-11-21T12:00:00Z" })
      const { status, data } = await compare(
        [
          { sku: "SHIRT-S", quantity: 40 },
          { sku: "SHIRT-M", quantity: 9, updated_at: "2026-11-21T11:00:00Z" },
          { sku: "MUG-WHITE", quantity: 1 },
          { sku: "NO-SUCH", quantity: 1 },
          { sku: "NUT-0001", quantity: 50 },
          { sku: "NUT-0002", quantity: 1 },
          { sku: "NUT-0002", quantity: 2 },
        ],
        { apply: "True" }
      )
      expect([status, data.success, data.applied]).toEqual([200, false, true])
      expect(data.summary).toEqual({
        total: 7, equal: 1, differing: 4, unknown: 1, failed: 0, duplicates: 1, applied: 3,
        reasons: { oversold: 1, stale: 1, duplicate: 1, unknown_sku: 1 },
      })
      expect(data.differences).toMatchObject([
        { index: 0, applied: true, stocked_quantity: 50, new_quantity: 40 },
        { index: 1, applied: false, reasons: ["stale"] },
        { index: 2, applied: true, reasons: ["oversold"], new_quantity: 1, oversold_by: 2 },
        { index: 3, applied: false, reasons: ["unknown_sku"] },
        { index: 5, applied: false, reasons: ["duplicate"] },
        { index: 6, applied: true, new_quantity: 2 },
      ])
      expect(data.differences[1]).not.toHaveProperty("new_quantity")
      expect(await Promise.all(["SHIRT-S", "SHIRT-M", "MUG-WHITE", "NUT-0002"].map((sku) => levelOf(sku)))).toEqual([
        { stocked: 40, reserved: 0 }, { stocked: 7, reserved: 0 }, { stocked: 1, reserved: 3 }, { stocked: 2, reserved: 0 },
      ])
      const again = await compare([{ sku: "SHIRT-S", quantity: 40 }], { apply: 1 })
      expect(again.data).toMatchObject({ success: true, summary: { equal: 1, applied: 0 }, differences: [] })
    })

    it("adds what is reserved to a count of what is available, and makes the level that is missing", async () => {
      const [second] = await bench.container.resolve("stock_location").createStockLocations([{ name: "Second" }])
      await bench.shopper.buy([{ sku: "SHIRT-S", quantity: 3 }])
      const { data } = await compare(
        [
          { sku: "SHIRT-S", free_qty: 10, location_id: bench.shop.locationId },
          { sku: "SHIRT-S", quantity: 4, warehouse_name: "Second" },
        ],
        { apply: true }
      )
      expect(data).toMatchObject({ success: true, differences: [{ new_quantity: 13 }, { new_quantity: 4, reasons: ["no_level"] }] })
      expect(await levelOf("SHIRT-S", second!.id)).toEqual({ stocked: 4, reserved: 0 })
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 13, reserved: 3 })
    })

    it.each(["False", "0", 0, false, null, ""])("is not meant by %j", async (apply) => {
      const { data } = await compare([{ sku: "SHIRT-S", quantity: 1 }], { apply })
      expect([data.applied, data.differences[0].applied]).toEqual([false, false])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0 })
    })

    it("is done once for an idempotency key, also where the first request died before it answered", async () => {
      const headers = { "idempotency-key": "drift-1" }
      const apply = () => compare([{ sku: "SHIRT-S", quantity: 40 }, { sku: "NO-SUCH", quantity: 1 }], { apply: true }, { headers })
      const first = await apply()
      await push({ sku: "SHIRT-S", quantity: 30 })
      const second = await apply()
      expect([second.headers["idempotent-replayed"], second.data]).toEqual(["true", first.data])
      const [receipt] = await bench.odoo.listOdooReceipts({ key: "drift-1" })
      await bench.odoo.updateOdooReceipts({ id: receipt!.id, status: null, body: null, leased_until: new Date(Date.now() - 1000) })
      const third = await apply()
      expect([third.headers["idempotent-replayed"], third.data]).toEqual([undefined, first.data])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 30, reserved: 0 })
    })
  })

  describe("the report as CSV", () => {
    const COUNTS = [{ sku: "SHIRT-S", quantity: 40 }, { sku: "=HYPERLINK(\"x\")", quantity: 1 }, { sku: "SHIRT-M", quantity: 50 }]

    const expectCsv = ({ status, headers, data }: Pick<AxiosResponse<string>, "status" | "headers" | "data">) => {
      expect([status, headers["content-type"]]).toEqual([200, "text/csv; charset=utf-8"])
      expect(headers["content-disposition"]).toBe("attachment; filename=\"odoo-stock-differences.csv\"")
      return parse(data, { columns: true })
    }

    it("has a row for each difference, and no formulas", async () => {
      const rows = expectCsv(await compare(COUNTS, { format: "csv" }))
      expect(rows).toMatchObject([
        {
          index: "0", sku: "SHIRT-S", location_name: bench.shop.locationName, odoo_quantity: "40", quantity_is: "on_hand",
          stocked_quantity: "50", reserved_quantity: "0", available_quantity: "50", difference: "-10", reasons: "", applied: "false", new_quantity: "",
        },
        { index: "1", sku: "'=HYPERLINK(\"x\")", difference: "", reasons: "unknown_sku", message: "no stock record has this SKU" },
      ])
    })

    it("is asked for in the body, in the query or by what is accepted, in this order", async () => {
      const ask = (members: object, query: string, accept?: string) =>
        bench.client.post(`/odoo/Inventory/compare/${query}`, { items: COUNTS, ...members }, accept === undefined ? {} : { headers: { accept } })
      expectCsv(await ask({}, "?format=csv"))
      expectCsv(await ask({ format: false }, "", "text/csv"))
      expectCsv(await ask({ format: "csv" }, "?format=json", "application/json"))
      for (const answer of [await ask({}, "", "*/*"), await ask({ format: "json" }, "?format=csv", "text/csv"), await ask({}, "?format=json", "text/csv")]) {
        expect(answer.headers["content-type"]).toContain("application/json")
      }
    })

    it("has its head alone where nothing differs, and errors stay JSON", async () => {
      const { data } = await compare([{ sku: "SHIRT-S", quantity: 50 }], { format: "csv" })
      expect(data).toMatch(/^index,sku,location_id,[a-z_,]+,oversold_by,rounded_from\n$/)
      const { status, headers } = await compare([], { format: "csv" })
      expect([status, headers["content-type"]]).toEqual([400, "application/json; charset=utf-8"])
    })

    it("is answered again to a repeat of its idempotency key", async () => {
      const ask = (accept: string) => compare(COUNTS, { apply: true }, { headers: { "idempotency-key": "csv-1", accept } })
      const first = await ask("text/csv")
      const second = await ask("text/csv")
      expect(second.headers["idempotent-replayed"]).toBe("true")
      expect(expectCsv(second)).toEqual(expectCsv(first))
      expect(second.data).toBe(first.data)
      // a key is of what is asked, and not of the form in which it is answered
      const asJson = await ask("application/json")
      expect([asJson.headers["idempotent-replayed"], asJson.data.summary.applied]).toEqual(["true", 1])
    })
  })

  describe("the script", () => {
    let folder: string

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "odoo-stock-"))
    })

    afterEach(() => {
      rmSync(folder, { recursive: true, force: true })
    })

    /** Writes a file of counts and compares with it. */
    const type = (name: string, content: string, ...words: string[]) => {
      writeFileSync(join(folder, name), content)
      return typeScript(bench.container, odooStock, "compare", "--file", join(folder, name), ...words)
    }

    it("shows what differs, and by its exit code whether anything does", async () => {
      const { output, code } = await type("counts.csv", "default_code;qty_available;warehouse_name\nSHIRT-S;40.0;Main warehouse\nSHIRT-M;50;\nNO-SUCH;1;\n")
      expect(code).toBe(2)
      expect(output).toMatch(/SHIRT-S +Main warehouse +40 +50 +0 +-10 +Odoo counts 40 on hand, the shop has 50\n/)
      expect(output).toContain("3 counts: 1 equal, 1 differing, 1 of unknown SKUs, 0 that could not be compared, 0 duplicates. Nothing was changed.")
      const equal = await type("counts.json", JSON.stringify([{ sku: "SHIRT-M", quantity: 50 }]))
      expect([equal.code, equal.output]).toEqual([0, expect.stringContaining("Shop and Odoo agree.")])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0 })
    })

    it("sets what differs", async () => {
      const { output, code } = await type("counts.json", JSON.stringify({ items: [{ sku: "SHIRT-S", quantity: 40 }, { sku: "SHIRT-M", quantity: 50 }] }), "--apply")
      expect([code, output]).toEqual([0, expect.stringMatching(/SHIRT-S .*set to 40; [^]*1 were set\./)])
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 40, reserved: 0 })
      expect((await type("counts.csv", "sku,quantity\nSHIRT-S,30\nNO-SUCH,1\n", "--apply")).code).toBe(2)
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 30, reserved: 0 })
    })

    it("sets the stock to what lies on all the shelves that are one location of the shop", async () => {
      const [shelfA, shelfB] = ["WH/Stock/Shelf A", "WH/Stock/Shelf B"] as const
      const { locationName } = bench.shop
      jest.replaceProperty(bench.odoo, "options", { ...bench.odoo.options, odoo: { ...bench.odoo.options.odoo, locations: { [shelfA]: locationName, [shelfB]: locationName } } })
      const table = `product_id/default_code,quantity,location_id\nSHIRT-S,20,${shelfA}\nSHIRT-S,30,${shelfB}\nSHIRT-M,1,${shelfA}\nSHIRT-M,2,${shelfB}\n`
      const { output, code } = await type("quants.csv", table, "--apply")
      jest.restoreAllMocks()
      expect([code, output]).toEqual([0, expect.stringContaining("2 counts: 1 equal, 1 differing")])
      expect([await levelOf("SHIRT-S"), await levelOf("SHIRT-M")]).toEqual([{ stocked: 50, reserved: 0 }, { stocked: 3, reserved: 0 }])
    })

    it("refuses a workbook of Excel, and does not show what is in it", async () => {
      const { output, code } = await type("counts.xlsx", "PK\u0003\u0004sku,quantity\nSHIRT-S,40\n", "--apply")
      expect([code, output]).toEqual([1, expect.stringContaining("export as CSV")])
      expect(output).not.toContain("PK")
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0 })
    })

    it("writes CSV and JSON, to the screen or to a file", async () => {
      const counts = "sku,quantity\nSHIRT-S,40\n"
      const shown = await type("counts.csv", counts, "--format", "json")
      expect(JSON.parse(shown.output)).toMatchObject({ success: true, summary: { differing: 1 } })
      const out = join(folder, "report.csv")
      const written = await type("counts.csv", counts, "--out", out)
      expect([written.code, written.output]).toEqual([2, expect.stringMatching(/1 differing.*report\.csv has the differences\./)])
      // Excel takes a file for UTF-8 by its mark alone
      expect(readFileSync(out, "utf8")).toMatch(/^\uFEFFindex,sku,.*\n0,SHIRT-S,/)
      expect((await type("counts.csv", counts, "--format", "csv")).output).toMatch(/^\nindex,sku,/)
    })

    it("says what is wrong, and changes nothing", async () => {
      for (const [content, words, reason] of [
        ["name,quantity\nSHIRT-S,40\n", [], "no column sku or default_code"],
        ["sku,quantity\n", [], "items: must not be empty"],
        ["{", [], "not valid JSON"],
        ["sku,quantity\nSHIRT-S,40\n", ["--format", "xlsx"], "--format must be one of text, json, csv"],
        ["sku,quantity\nSHIRT-S,40\n", ["--apply", "--out", join(folder, "no", "report.csv")], "can not be written"],
        ["sku,quantity\nSHIRT-S,40\n", ["--aply"], "--file --format --out --apply"],
      ] as const) {
        const { output, code } = await type("counts.csv", content, ...words)
        expect([code, output]).toEqual([1, expect.stringContaining(reason)])
      }
      const none = await typeScript(bench.container, odooStock, "compare", "--file", join(folder, "none.csv"))
      expect([none.code, none.output]).toEqual([1, expect.stringContaining("none.csv can not be read")])
      expect((await typeScript(bench.container, odooStock, "compare")).output).toContain("Add --file")
      expect(await levelOf("SHIRT-S")).toEqual({ stocked: 50, reserved: 0 })
    })
  })

  it("leaves the times of levels as they are", async () => {
    const database = bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    const times = async () => (await database.raw<{ rows: unknown[] }>("SELECT id, updated_at::text FROM inventory_level ORDER BY id")).rows
    const before = await times()
    await compare([{ sku: "SHIRT-S", quantity: 40, updated_at: later() }])
    expect(await times()).toEqual(before)
  })
})
