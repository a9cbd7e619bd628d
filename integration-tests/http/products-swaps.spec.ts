import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { writesDirectly } from "../../src/core-writes/writes-directly"
import { attributesOf, variantsBySku } from "../support/catalogue"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

shopSuite({}, (bench) => {
  const bulk = async (products: object[], more: object = {}) => (await bench.client.post("/odoo/products/bulk", { products, ...more })).data.results
  const find = async (...skus: string[]) => await variantsBySku(bench.container, skus)
  const product = (id: number, more: object = {}) => ({
    odoo_product_id: id, sku: `P-${String(id)}`, title: `Product ${String(id)}`, price: 1000, barcode: `B-${String(id)}`, handle: `handle-${String(id)}`,
    inventory: { quantity: id }, ...more,
  })
  const make = async (...ids: number[]) => expect(await bulk(ids.map((id) => product(id)))).toMatchObject({ created: ids.length })

  const query = async <T>(statement: string, bindings: Record<string, string> = {}) =>
    (await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION).raw<{ rows: T[] }>(statement, bindings)).rows

  /** What products of Odoo have, by their ids: SKU, bar code, handle, and the stock of their SKU's inventory item. */
  const stateOf = async (...ids: number[]) => {
    const rows = await query<{ id: number; state: unknown[] }>(
      `SELECT CAST(variant.metadata->>'odoo_id' AS int) AS id,
              json_build_array(variant.sku, variant.barcode, product.handle, item.sku, level.stocked_quantity) AS state
       FROM product_variant AS variant
       JOIN product ON product.id = variant.product_id
       LEFT JOIN product_variant_inventory_item AS link ON link.variant_id = variant.id AND link.deleted_at IS NULL
       LEFT JOIN inventory_item AS item ON item.id = link.inventory_item_id
       LEFT JOIN inventory_level AS level ON level.inventory_item_id = item.id AND level.deleted_at IS NULL
       WHERE variant.deleted_at IS NULL AND variant.metadata->>'odoo_id' IS NOT NULL`
    )
    return Object.fromEntries(rows.filter(({ id }) => ids.includes(id)).map(({ id, state }) => [id, state]))
  }

  /** What the module does while Medusa boots. */
  const bootAgain = () => bench.odoo.__hooks.onApplicationStart()

  /** Makes the table of variants one that the plugin does not know. */
  const changeTables = async () => {
    await query("ALTER TABLE product_variant ADD COLUMN newcomer text")
    await bootAgain()
    expect(await writesDirectly(bench.container, "product_variant")).toBe(false)
  }

  /** Has each transaction fail at whose end a record that it has updated is without its code. */
  const refuseMissingCodes = async () => {
    await query(
      `CREATE FUNCTION refuse_missing_codes() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE is_missing boolean;
       BEGIN
         EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = $1 AND deleted_at IS NULL AND (%s))', TG_TABLE_NAME, TG_ARGV[0])
           INTO is_missing USING NEW.id;
         IF is_missing THEN
           RAISE EXCEPTION 'a code is missing in %', TG_TABLE_NAME;
         END IF;
         RETURN NULL;
       END $$`
    )
    const missing = { product: "handle ~ ''^prod[_-]''", product_variant: "sku IS NULL OR barcode IS NULL", inventory_item: "sku IS NULL" }
    for (const [table, condition] of Object.entries(missing)) {
      await query(
        `CREATE CONSTRAINT TRIGGER refuse_missing_codes AFTER UPDATE ON ${table} DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION refuse_missing_codes('${condition}')`
      )
    }
  }

  describe("products of one bulk push", () => {
    afterEach(async () => {
      await query("DROP FUNCTION IF EXISTS refuse_missing_codes() CASCADE")
      await query("ALTER TABLE product_variant DROP COLUMN IF EXISTS newcomer")
      await bootAgain()
    })

    it("may swap their bar codes, their handles and their SKUs", async () => {
      await make(1, 2)
      expect(await bulk([{ sku: "P-1", barcode: "B-2" }, { sku: "P-2", barcode: "B-1" }])).toMatchObject({ updated: 2, failed: 0 })
      expect(await bulk([{ sku: "P-1", handle: "handle-2" }, { sku: "P-2", handle: "handle-1" }])).toMatchObject({ updated: 2, failed: 0 })
      expect(await stateOf(1, 2)).toEqual({ 1: ["P-1", "B-2", "handle-2", "P-1", 1], 2: ["P-2", "B-1", "handle-1", "P-2", 2] })
      const skus = [{ odoo_product_id: 1, sku: "P-2" }, { odoo_product_id: 2, sku: "P-1" }]
      expect(await bulk(skus)).toMatchObject({ updated: 2, failed: 0 })
      expect(await bulk(skus)).toMatchObject({ unchanged: 2 })
      // the stock is that of the goods, whatever they are called
      expect(await stateOf(1, 2)).toEqual({ 1: ["P-2", "B-2", "handle-2", "P-2", 1], 2: ["P-1", "B-1", "handle-1", "P-1", 2] })
    })

    it("may pass them on in a circle of three, all at once, with atomic, and as a rehearsal", async () => {
      await make(1, 2, 3)
      const circle = [1, 2, 3].map((id) => {
        const next = String((id % 3) + 1)
        return { odoo_product_id: id, sku: `P-${next}`, barcode: `B-${next}`, handle: `handle-${next}`, title: "Moved", inventory: { quantity: 10 + id } }
      })
      const before = await stateOf(1, 2, 3)
      expect(await bulk(circle, { dry_run: true })).toMatchObject({ updated: 3, failed: 0 })
      expect(await stateOf(1, 2, 3)).toEqual(before)
      expect(await bulk(circle, { atomic: true })).toMatchObject({ updated: 3, failed: 0 })
      expect(await stateOf(1, 2, 3)).toEqual({
        1: ["P-2", "B-2", "handle-2", "P-2", 11], 2: ["P-3", "B-3", "handle-3", "P-3", 12], 3: ["P-1", "B-1", "handle-1", "P-1", 13],
      })
    })

    it("may take what another gives up, be they new or not", async () => {
      await make(1)
      expect(await bulk([product(2, { sku: "P-1", barcode: "B-1", handle: "handle-1" }), { odoo_product_id: 1, sku: "P-9", barcode: false, handle: "other" }])).toMatchObject({ created: 1, updated: 1, failed: 0 })
      expect(await stateOf(1, 2)).toEqual({ 1: ["P-9", null, "other", "P-9", 1], 2: ["P-1", "B-1", "handle-1", "P-1", 2] })
    })

    it("may swap across any distance, and the values of their attributes too", async () => {
      const many = Array.from({ length: 300 }, (_, index) => ({ sku: `F-${String(index)}`, title: "Filler", price: 1000, barcode: `F-${String(index)}` }))
      const [first, last] = [{ odoo_product_id: 1, odoo_product_tmpl_id: 7, sku: "T-1", title: "Tee", price: 1000 }, { odoo_product_id: 2, odoo_product_tmpl_id: 7, sku: "T-2", title: "Tee", price: 1000 }]
      expect(await bulk([{ ...first, barcode: "T-1", attributes: { Size: "S" } }, ...many, { ...last, barcode: "T-2", attributes: { Size: "M" } }])).toMatchObject({ created: 302 })
      const changed = many.map((each) => ({ ...each, price: 2000 }))
      expect(await bulk([{ ...first, barcode: "T-2", attributes: { Size: "M" } }, ...changed, { ...last, barcode: "T-1", attributes: { Size: "S" } }])).toMatchObject({ updated: 302, failed: 0 })
      expect(await bulk([{ ...changed[0], barcode: "F-299" }, ...changed.slice(1, -1).map((each) => ({ ...each, price: 3000 })), { ...changed[299], barcode: "F-0" }])).toMatchObject({ updated: 300, failed: 0 })
      const found = await find("T-1", "T-2", "F-0", "F-299")
      expect(Object.values(found).map(({ sku, barcode }) => [sku, barcode]).sort()).toEqual([["F-0", "F-299"], ["F-299", "F-0"], ["T-1", "T-2"], ["T-2", "T-1"]])
      expect(attributesOf(found["T-1"]!)).toEqual({ Size: "M" })
    })

    it("may swap handles of which one is the other with a number, or pass them on", async () => {
      await make(1, 2)
      await bulk([{ sku: "P-1", handle: "lamp" }, { sku: "P-2", handle: "lamp-2" }])
      const handles = async (...ids: number[]) => Object.values(await stateOf(...ids)).map(([, , handle]) => handle)
      const lamps = [{ sku: "P-1", handle: "lamp-2" }, { sku: "P-2", handle: "lamp" }]
      expect(await bulk(lamps)).toMatchObject({ updated: 2, failed: 0 })
      expect(await handles(1, 2)).toEqual(["lamp-2", "lamp"])
      expect(await bulk(lamps)).toMatchObject({ unchanged: 2 })
      expect(await bulk([...lamps].reverse().map(({ handle }, index) => ({ sku: `P-${String(index + 1)}`, handle })))).toMatchObject({ updated: 2, failed: 0 })
      expect(await handles(1, 2)).toEqual(["lamp", "lamp-2"])
      // who comes first gets what two want, and nobody has what another has
      const three = [product(3, { handle: "lamp" }), { sku: "P-1", handle: "lamp-2" }, { sku: "P-2", handle: "lamp" }]
      expect(await bulk(three)).toMatchObject({ created: 1, failed: 0 })
      expect(await handles(1, 2, 3)).toEqual(["lamp-2", "lamp-3", "lamp"])
      expect(await bulk(three)).toMatchObject({ unchanged: 3 })
    })

    it("are refused where the end would not be: each keeps what it has", async () => {
      await make(1, 2, 3)
      const before = await stateOf(1, 2, 3)
      const results = await bulk([{ sku: "P-1", barcode: "B-2" }, { sku: "P-2", barcode: "B-3" }, { odoo_product_id: 3, sku: "P-1" }, { sku: "MUG-WHITE", barcode: "B-9" }])
      expect(results).toMatchObject({ updated: 1, failed: 3, errors: [{ index: 0, code: "VALIDATION_ERROR" }, { index: 1, code: "VALIDATION_ERROR" }, { index: 2, code: "DUPLICATE_SKU" }] })
      expect(await stateOf(1, 2, 3)).toEqual(before)
    })

    it("are refused by a rehearsal where the push refuses them, because who gives up a code can not be applied", async () => {
      await make(1)
      const shirt = (id: number, size: string) => ({ odoo_product_id: id, odoo_product_tmpl_id: 7, sku: `T-${String(id)}`, title: "Tee", price: 1000, attributes: { Size: size } })
      await bulk([shirt(2, "S"), shirt(3, "M")])
      // its attributes are those of another variant
      const giver = { ...shirt(2, "M"), sku: "T-9" }
      const products = [product(4, { sku: "T-2" }), giver, { odoo_product_id: 1, sku: "T-2" }]
      const errors = [{ index: 0, code: "DUPLICATE_SKU" }, { index: 1, code: "VALIDATION_ERROR" }, { index: 2, code: "DUPLICATE_SKU" }]
      const rehearsed = await bulk(products, { dry_run: true })
      expect(rehearsed).toMatchObject({ created: 0, updated: 0, failed: 3, errors })
      expect((await bulk(products)).errors).toEqual(rehearsed.errors)
      expect((await bulk(products, { atomic: true })).errors).toEqual(rehearsed.errors)
    })

    const swap = [
      { odoo_product_id: 1, sku: "P-2", barcode: "B-2", handle: "handle-2" }, { odoo_product_id: 2, sku: "P-1", barcode: "B-1", handle: "handle-1" },
    ]
    const swapped = { 1: ["P-2", "B-2", "handle-2", "P-2", 1], 2: ["P-1", "B-1", "handle-1", "P-1", 2] }

    /** Sends a swap with a new product whose stock can not be written. */
    const failToSwap = async () => {
      bench.errors.expect("a product could not be written: no disk")
      const broken = jest
        .spyOn(bench.container.resolve(Modules.INVENTORY), "createInventoryLevels")
        .mockImplementation((levels) => (Array.isArray(levels) && levels.length === 0 ? Promise.resolve([]) : Promise.reject(new Error("no disk"))) as never)
      expect(await bulk([...swap, { sku: "NEW-1", title: "New", price: 1, inventory: { quantity: 3 } }], { atomic: true })).toMatchObject({ failed: 3 })
      // the codes had moved by then
      expect(broken).toHaveBeenCalled()
      broken.mockRestore()
    }

    it("are never seen without a code meanwhile", async () => {
      await make(1, 2)
      await refuseMissingCodes()
      expect(await bulk(swap)).toMatchObject({ updated: 2, failed: 0 })
      expect(await stateOf(1, 2)).toEqual(swapped)
      // nothing but columns: no workflow is run for these
      expect(await bulk([{ sku: "P-1", barcode: "B-2", handle: "handle-2" }, { sku: "P-2", barcode: "B-1", handle: "handle-1" }])).toMatchObject({ updated: 2, failed: 0 })
      expect(await stateOf(1, 2)).toEqual({ 1: ["P-2", "B-1", "handle-1", "P-2", 1], 2: ["P-1", "B-2", "handle-2", "P-1", 2] })
    })

    const ways = [
      { way: "in one transaction", prepare: refuseMissingCodes },
      { way: "through Medusa's services where the tables are others", prepare: changeTables },
    ]

    it.each(ways)("move $way, and back where that or the last write fails", async ({ prepare }) => {
      await make(1, 2)
      const before = await stateOf(1, 2)
      await prepare()
      await failToSwap()
      expect(await stateOf(1, 2)).toEqual(before)
      bench.errors.expect("a product could not be written: no connection")
      const upsert = jest.spyOn(bench.container.resolve(Modules.INVENTORY), "updateInventoryItems").mockRejectedValueOnce(new Error("no connection"))
      expect(await bulk(swap, { atomic: true })).toMatchObject({ failed: 2 })
      upsert.mockRestore()
      expect(await stateOf(1, 2)).toEqual(before)
      expect(await bulk(swap)).toMatchObject({ updated: 2, failed: 0 })
      expect(await stateOf(1, 2)).toEqual(swapped)
    })

    it("have what they had when a swap of nothing but columns can not be told of", async () => {
      bench.errors.expect("a product could not be written: no bus")
      await make(1, 2)
      const before = await stateOf(1, 2)
      await refuseMissingCodes()
      const broken = jest.spyOn(bench.container.resolve(Modules.EVENT_BUS), "emit").mockImplementation((events) =>
        [events].flat().some(({ name }) => name === "product-variant.updated") ? Promise.reject(new Error("no bus")) : Promise.resolve()
      )
      const [one, two] = [{ sku: "P-1", title: "One", barcode: "B-2", handle: "handle-2" }, { sku: "P-2", title: "Two", barcode: "B-1", handle: "handle-1" }]
      expect(await bulk([one, two], { atomic: true })).toMatchObject({ failed: 2 })
      broken.mockRestore()
      expect(await stateOf(1, 2)).toEqual(before)
      expect((await find("P-1"))["P-1"]?.product.title).toBe("Product 1")
    })

    it.each(ways)("are told of by Medusa's events when they move $way", async ({ prepare }) => {
      await make(1, 2)
      await prepare()
      const variants = Object.values(await find("P-1", "P-2"))
      const wanted = variants.flatMap(({ id, product: { id: productId }, inventory_items: [item] }) => [
        `product.product-variant.updated ${id}`, `product-variant.updated ${id}`, `product.updated ${productId}`,
        `inventory.inventory-item.updated ${item!.inventory_item_id}`, `inventory-item.updated ${item!.inventory_item_id}`,
      ])
      const told = new Set<string>()
      const bus = bench.container.resolve(Modules.EVENT_BUS)
      const subscriber = ({ name, data }: { name: string; data: unknown }) => {
        told.add(`${name} ${String((data as { id?: string }).id)}`)
        return Promise.resolve()
      }
      bus.subscribe("*", subscriber, { subscriberId: "products-swaps-spec" })
      expect(await bulk(swap)).toMatchObject({ updated: 2 })
      await waitFor("all are told of", () => wanted.every((event) => told.has(event)))
      bus.unsubscribe("*", subscriber, { subscriberId: "products-swaps-spec" })
    })
  })
})
