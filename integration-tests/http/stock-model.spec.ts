import fc from "fast-check"

import { createInventoryItemsWorkflow, createOrderWorkflow, createProductsWorkflow } from "@medusajs/medusa/core-flows"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { captureOrdersWorkflow } from "../../src/workflows"
import { REPLAY, REPLAYS_CASE, runs } from "../support/replay"
import { SaleModel, type ModelLine } from "../support/sale-model"
import { ADDRESS, USUAL_GUEST } from "../support/shopper"
import { shopSuite, type Bench } from "../support/suite"
import { waitFor } from "../support/wait"

/** How many orders live through something random. */
const RUNS = runs(40, 300)

/** What a piece of each SKU takes of which stock item. */
const PARTS: Record<string, Record<string, number>> = {
  "SHIRT-S": { shirt: 1 },
  "GIFT-SET": { cup: 2, saucer: 1 },
  POSTER: { poster: 1 },
}

/** What the shop sells although there is none. */
const BACKORDER = "POSTER"

/** What the shop answered. */
type Answer = { status: number; data: unknown }

type Level = { stocked: number; reserved: number }

/** An order in the shop, what its stock was before, and who says what of it. */
class Sale {
  #parcels = 0
  #keys = 0

  private constructor(
    private readonly bench: Bench,
    private readonly admin: Awaited<ReturnType<Bench["admin"]>>,
    private readonly items: Record<string, string>,
    private readonly variants: Record<string, string>,
    readonly id: string,
    readonly lineIds: string[],
    private readonly before: Record<string, Level>
  ) {}

  /** Puts so much in stock that an order is just covered, and places it. */
  static async place(world: World, lines: readonly ModelLine[], slack: number): Promise<Sale> {
    const { bench, admin, items, variants } = world
    const { container, shop } = bench
    const inventory = container.resolve(Modules.INVENTORY)
    const before: Record<string, Level> = {}
    for (const [item, id] of Object.entries(items)) {
      const level = await levelOf(bench, id)
      const wanted = lines.reduce((sum, { sku, ordered }) => sum + ordered * (PARTS[sku]![item] ?? 0), 0)
      // of what may be sold without being there, less is there than is sold
      const stocked = exact(level.reserved + wanted + (item === "poster" ? -slack : slack))
      await inventory.updateInventoryLevels([{ inventory_item_id: id, location_id: shop.locationId, stocked_quantity: stocked }])
      before[item] = { stocked, reserved: level.reserved }
    }
    const { result: order } = await createOrderWorkflow(container).run({
      input: {
        region_id: shop.regionId,
        sales_channel_id: shop.salesChannelId,
        currency_code: shop.currencyCode,
        email: USUAL_GUEST,
        shipping_address: { ...ADDRESS },
        items: lines.map(({ sku, ordered }, index) => ({
          variant_id: variants[sku]!,
          quantity: ordered,
          unit_price: 1,
          title: sku,
          // lines that are alike would be one
          metadata: { line: index },
        })),
        shipping_methods: [{ shipping_option_id: shop.shippingOptionId, name: "Post", amount: 1 }],
      },
    })
    const lineIds = [...order.items!].sort((one, other) => Number(one.metadata?.line) - Number(other.metadata?.line)).map(({ id }) => id)
    await inventory.createReservationItems(
      lines.flatMap(({ sku, ordered }, index) =>
        Object.entries(PARTS[sku]!).map(([item, perPiece]) => ({
          line_item_id: lineIds[index]!,
          inventory_item_id: items[item]!,
          location_id: shop.locationId,
          quantity: exact(ordered * perPiece),
          allow_backorder: sku === BACKORDER,
        }))
      )
    )
    await captureOrdersWorkflow(container).run({ input: { ids: [order.id] } })
    return new Sale(bench, admin, items, variants, order.id, lineIds, before)
  }

  async reduce(sku: string, quantity: number, key = (this.#keys += 1)): Promise<Answer> {
    const body = { order_id: this.id, items: [{ sku, quantity }] }
    return await this.bench.client.post("/odoo/inventory/reduce", body, {
      headers: { "Idempotency-Key": `${this.id} ${String(key)}` },
    })
  }

  /** The key of the latest reduction, to say it again. */
  get lastKey(): number {
    return this.#keys
  }

  async tell(event: string, members: object = {}): Promise<Answer> {
    const order = { medusa_order_id: this.id, ...members }
    return await this.bench.client.post("/odoo/webhooks/order-status", { event_type: event, order })
  }

  async shipPart(sku: string, quantity: number, parcel = (this.#parcels += 1)): Promise<Answer> {
    return await this.tell("order.shipped", { tracking_number: `parcel-${String(parcel)}`, items: [{ sku, quantity }] })
  }

  get lastParcel(): number {
    return this.#parcels
  }

  async pack(line: number, quantity: number): Promise<Answer> {
    const items = [{ id: this.lineIds[line], quantity }]
    return await this.admin.post(`/admin/orders/${this.id}/fulfillments`, { items, location_id: this.bench.shop.locationId })
  }

  /** Does something with the latest fulfillment that has not been shipped. */
  async #withWaiting(act: string, body: object): Promise<Answer> {
    const { data } = await this.admin.get<{ order: { fulfillments: { id: string; created_at: string; shipped_at: string | null; canceled_at: string | null }[] } }>(
      `/admin/orders/${this.id}`,
      { params: { fields: "*fulfillments" } }
    )
    const [last] = data.order.fulfillments
      .filter(({ shipped_at, canceled_at }) => shipped_at === null && canceled_at === null)
      .sort((one, other) => (one.created_at < other.created_at ? 1 : -1))
    return last === undefined
      ? { status: 404, data: "there is none" }
      : await this.admin.post(`/admin/orders/${this.id}/fulfillments/${last.id}/${act}`, body)
  }

  async unpack(): Promise<Answer> {
    return await this.#withWaiting("cancel", {})
  }

  /** @returns also the number of the parcel, by which Odoo may tell of it afterwards */
  async shipByHand(line: number, quantity: number, numbered: boolean): Promise<Answer & { parcel: number }> {
    const parcel = (this.#parcels += 1)
    const labels = numbered ? [{ tracking_number: `parcel-${String(parcel)}`, tracking_url: "", label_url: "" }] : []
    return { ...(await this.#withWaiting("shipments", { items: [{ id: this.lineIds[line], quantity }], labels })), parcel }
  }

  /** Puts a new line of the same goods in the place of a line, after as many have come in that Medusa can reserve them. */
  async replace(line: number, { sku, ordered }: ModelLine): Promise<void> {
    for (const [item, perPiece] of Object.entries(PARTS[sku]!)) {
      await this.bench.container
        .resolve(Modules.INVENTORY)
        .adjustInventory(this.items[item]!, this.bench.shop.locationId, exact(ordered * perPiece))
      this.before[item]!.stocked = exact(this.before[item]!.stocked + exact(ordered * perPiece))
    }
    const edit = `/admin/order-edits/${this.id}`
    const said = async (path: string, body: object) => {
      expectAnswer(await this.admin.post(path, body), true)
    }
    await said("/admin/order-edits", { order_id: this.id })
    await said(`${edit}/items/item/${this.lineIds[line]!}`, { quantity: 0 })
    await said(`${edit}/items`, { items: [{ variant_id: this.variants[sku], quantity: ordered }] })
    await said(`${edit}/request`, {})
    await said(`${edit}/confirm`, {})
    const { data } = await this.admin.get<{ order: { items: { id: string; variant_sku: string }[] } }>(`/admin/orders/${this.id}`)
    this.lineIds[line] = data.order.items.find((item) => item.variant_sku === sku && !this.lineIds.includes(item.id))!.id
  }

  async cancelInDashboard(): Promise<Answer> {
    return await this.admin.post(`/admin/orders/${this.id}/cancel`)
  }

  /** What each of the stock items is now, and what it should be. */
  async compare(model: SaleModel): Promise<{ present: Record<string, Level>; wanted: Record<string, Level> }> {
    const present: Record<string, Level> = {}
    const wanted: Record<string, Level> = {}
    for (const [item, id] of Object.entries(this.items)) {
      const { stocked, reserved } = this.before[item]!
      const pieces = (of: (sku: string) => number) => model.skus.reduce((sum, sku) => sum + of(sku) * (PARTS[sku]![item] ?? 0), 0)
      present[item] = await levelOf(this.bench, id)
      wanted[item] = {
        stocked: exact(stocked - pieces((sku) => model.left(sku))),
        reserved: exact(reserved + pieces((sku) => model.open(sku))),
      }
    }
    return { present, wanted }
  }
}

/** Quantities have two decimals at most. */
const exact = (quantity: number) => Math.round(quantity * 100) / 100

/** What is there before any order. */
type World = { bench: Bench; admin: Awaited<ReturnType<Bench["admin"]>>; items: Record<string, string>; variants: Record<string, string> }

async function levelOf(bench: Bench, itemId: string): Promise<Level> {
  const level = await bench.container.resolve(Modules.INVENTORY).retrieveInventoryLevelByItemAndLocation(itemId, bench.shop.locationId)
  return { stocked: level.stocked_quantity, reserved: level.reserved_quantity }
}

/** Adds a bundle of two stock items, and goods that are sold although there are none. */
async function prepare(bench: Bench): Promise<World> {
  const { container, shop } = bench
  const location_levels = [{ location_id: shop.locationId, stocked_quantity: 0 }]
  const { result: made } = await createInventoryItemsWorkflow(container).run({
    input: { items: ["CUP", "SAUCER", "POSTER"].map((sku) => ({ sku: `ITEM-${sku}`, location_levels })) },
  })
  const [cup, saucer, poster] = made.map(({ id }) => id) as [string, string, string]
  const items: Record<string, string> = { shirt: shop.variants["SHIRT-S"]!.inventoryItemId, cup, saucer, poster }
  const { result: products } = await createProductsWorkflow(container).run({
    input: {
      products: ["GIFT-SET", "POSTER"].map((sku) => ({
        title: sku,
        status: "published" as const,
        shipping_profile_id: shop.shippingProfileId,
        sales_channels: [{ id: shop.salesChannelId }],
        options: [{ title: "Kind", values: ["One"] }],
        variants: [
          {
            title: sku,
            sku,
            manage_inventory: true,
            allow_backorder: sku === BACKORDER,
            options: { Kind: "One" },
            prices: [{ currency_code: shop.currencyCode, amount: 1 }],
            inventory_items: Object.entries(PARTS[sku]!).map(([item, required_quantity]) => ({
              inventory_item_id: items[item]!,
              required_quantity,
            })),
          },
        ],
      })),
    },
  })
  const variants = Object.fromEntries(products.map(({ title, variants: [variant] }) => [title, variant!.id]))
  return { bench, admin: await bench.admin(), items, variants: { ...variants, "SHIRT-S": shop.variants["SHIRT-S"]!.id } }
}

/** Something that somebody does with an order, in the model and in the shop. */
class Step implements fc.AsyncCommand<SaleModel, Sale> {
  constructor(
    private readonly name: string,
    private readonly act: (model: SaleModel, sale: Sale) => Promise<void>,
    /** whether the shop may still be at work when it has answered */
    private readonly settlesLater = false
  ) {}

  check(): boolean {
    return true
  }

  async run(model: SaleModel, sale: Sale): Promise<void> {
    await this.act(model, sale)
    if (this.settlesLater) {
      await waitFor("the stock is settled", async () => {
        const { present, wanted } = await sale.compare(model)
        return JSON.stringify(present) === JSON.stringify(wanted)
      }, 5_000).catch(() => undefined)
    }
    const { present, wanted } = await sale.compare(model)
    expect(present).toEqual(wanted)
    for (const [item, { stocked, reserved }] of Object.entries(present)) {
      expect(item === "poster" || stocked >= reserved).toBe(true)
    }
  }

  toString(): string {
    return this.name
  }
}

/** What Medusa or the plugin refuses is one of these; what it accepts is 200. */
const expectAnswer = ({ status, data }: Answer, accepted: boolean) => {
  if (accepted ? status !== 200 : ![400, 404, 409].includes(status)) {
    throw new Error(`${accepted ? "refused" : "accepted"}: ${String(status)} ${JSON.stringify(data)}`)
  }
}

const aSku = fc.constantFrom(...Object.keys(PARTS))
const aQuantity = fc.integer({ min: 1, max: 3 })
const twice = fc.boolean()

const STEPS = [
  fc.tuple(aSku, aQuantity, twice).map(
    ([sku, quantity, again]) =>
      new Step(`reduce ${sku} by ${String(quantity)}${again ? ", repeated" : ""}`, async (model, sale) => {
        const accepted = model.reduce(sku, quantity)
        expectAnswer(await sale.reduce(sku, quantity), accepted)
        if (again) {
          expectAnswer(await sale.reduce(sku, quantity, sale.lastKey), accepted)
        }
      })
  ),
  twice.map(
    (again) =>
      new Step(`order.shipped${again ? ", repeated" : ""}`, async (model, sale) => {
        const accepted = model.shipAll()
        expectAnswer(await sale.tell("order.shipped"), accepted)
        if (again) {
          expectAnswer(await sale.tell("order.shipped"), accepted)
        }
      })
  ),
  fc.tuple(aSku, aQuantity, twice).map(
    ([sku, quantity, again]) =>
      new Step(`order.shipped with ${String(quantity)} of ${sku}${again ? ", repeated" : ""}`, async (model, sale) => {
        // which of the parcels that a person has packed it means is another test's
        if (model.packed.some(({ shipped }) => !shipped)) {
          return
        }
        const accepted = model.shipPart(sku, quantity)
        expectAnswer(await sale.shipPart(sku, quantity), accepted)
        if (again && accepted) {
          expectAnswer(await sale.shipPart(sku, quantity, sale.lastParcel), true)
        }
      })
  ),
  fc.constant(
    new Step("order.delivered", async (model, sale) => {
      const accepted = model.deliver()
      expectAnswer(await sale.tell("order.delivered"), accepted)
    })
  ),
  fc.constant(
    new Step("order.cancelled", async (model, sale) => {
      const accepted = model.cancel()
      expectAnswer(await sale.tell("order.cancelled"), accepted)
    })
  ),
  fc.tuple(aSku, aQuantity).map(
    ([sku, quantity]) =>
      new Step(`reduce ${sku} by ${String(quantity)} and order.shipped at once`, async (model, sale) => {
        const accepted = [model.reduce(sku, quantity), model.shipAll()]
        const answers = await Promise.all([sale.reduce(sku, quantity), sale.tell("order.shipped")])
        answers.forEach((answer, index) => expectAnswer(answer, accepted[index]!))
      })
  ),
  fc.tuple(fc.nat(3), aQuantity).map(
    ([line, quantity]) =>
      new Step(
        `a person packs ${String(quantity)} of line ${String(line)}`,
        async (model, sale) => {
          const answer = await sale.pack(line, quantity)
          // Medusa's own dashboard does not pack a part of what is the last of its kind
          if (!JSON.stringify(answer.data).includes("Not enough stock available")) {
            expectAnswer(answer, model.pack(line, quantity))
          }
        },
        true
      )
  ),
  fc.constant(
    new Step(
      "a person unpacks",
      async (model, sale) => {
        const accepted = model.unpack()
        expectAnswer(await sale.unpack(), accepted)
      },
      true
    )
  ),
  fc.tuple(fc.constantFrom("with its number", "without a label"), fc.boolean(), twice).map(
    ([how, isTold, again]) =>
      new Step(`a person ships ${how}${isTold ? `, and Odoo tells of it${again ? " twice" : ""}` : ""}`, async (model, sale) => {
        const { waiting } = model
        if (waiting === undefined) {
          return
        }
        const { line, quantity } = waiting
        const numbered = how === "with its number"
        const answer = await sale.shipByHand(line, quantity, numbered)
        expectAnswer(answer, model.shipByHand(numbered))
        // which of several parcels without a label it means makes no difference: each is one that has left
        if (isTold && !model.packed.some(({ shipped }) => !shipped)) {
          const { sku } = model.lines[line]!
          const accepted = numbered || model.shipPart(sku, quantity)
          for (let said = 0; said < (again ? 2 : 1); said += 1) {
            expectAnswer(await sale.shipPart(sku, quantity, answer.parcel), accepted)
          }
        }
      })
  ),
  // lines of a SKU of their own: on which of several lines a SKU's pieces leave is no matter of this
  fc.constantFrom(2, 3).map(
    (line) =>
      new Step(
        `a person replaces line ${String(line)} by a new one`,
        async (model, sale) => {
          if (model.canReplace(line)) {
            await sale.replace(line, model.lines[line]!)
          }
        },
        true
      )
  ),
  fc.constant(
    new Step("a person cancels the order", async (model, sale) => {
      const refused = model.canceled
      const accepted = model.cancel() && !refused
      expectAnswer(await sale.cancelInDashboard(), accepted)
    })
  ),
]

/** An order may have parts of a piece, whatever the shop counts its stock in. */
const anOrdered = fc.oneof(aQuantity, fc.constantFrom(0.3, 0.7, 1.5, 2.25))

const someLines = fc.tuple(anOrdered, anOrdered, anOrdered, anOrdered).map((quantities): ModelLine[] =>
  ["SHIRT-S", "SHIRT-S", "GIFT-SET", "POSTER"].map((sku, index) => ({ sku, ordered: quantities[index]!, fulfilled: 0 }))
)

shopSuite({}, (bench) => {
  describe("whatever is said and done of an order's goods", () => {
    it(
      "takes each of them out of the stock once, and reserves what is open",
      async () => {
        const world = await prepare(bench)
        await fc.assert(
          fc.asyncProperty(someLines, fc.nat(2), fc.commands(STEPS, { maxCommands: 6 }), async (lines, slack, steps) => {
            const sale = await Sale.place(world, lines, slack)
            await fc.asyncModelRun(() => ({ model: new SaleModel(structuredClone(lines)), real: sale }), steps)
          }),
          { numRuns: RUNS, endOnFailure: !REPLAYS_CASE, ...REPLAY }
        )
        const rows = await bench.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)("odoo_movement").whereNotNull("unsettled_since")
        expect(rows).toEqual([])
      },
      30 * 60_000
    )
  })
})
