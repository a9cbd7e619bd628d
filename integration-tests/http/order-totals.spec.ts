import { BigNumber } from "bignumber.js"
import fc from "fast-check"

import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createPromotionsWorkflow } from "@medusajs/medusa/core-flows"

import { currencyDecimals, toAmount } from "../../src/wire/money"
import type { OrderDocument } from "../../src/wire/order-document"
import type { AmountSource } from "../../src/wire/rounded-amounts"
import { captureOrdersWorkflow } from "../../src/workflows"
import { anOrder } from "../support/random-orders"
import { openMarkets, type Market } from "../support/region"
import { Shopper, ADDRESS } from "../support/shopper"
import { shopSuite } from "../support/suite"
import { waitFor } from "../support/wait"

/** An order's amounts as Medusa itself calculates them. */
type MedusaTotals = {
  id: string
  total: AmountSource
  shipping_methods: { id: string; total: AmountSource }[]
  items: { id: string; total: AmountSource; subtotal: AmountSource; unit_price: AmountSource }[]
}

/** Repeats a run that has failed: fast-check names its seed. */
const SEED = process.env.FC_SEED === undefined ? {} : { seed: Number(process.env.FC_SEED) }

/** Never the number -0, which JSON does not know. */
const minor = (amount: AmountSource, currency: string) =>
  toAmount(amount).shiftedBy(currencyDecimals(currency)).decimalPlaces(0, BigNumber.ROUND_HALF_UP).toNumber() + 0

/** Holds a document to Medusa's own totals: all add up, and nothing is off by as much as one minor unit. */
function expectSameTotals(order: OrderDocument, medusa: MedusaTotals): void {
  const currency = order.currency_code
  const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
  expect(order.total).toBe(minor(medusa.total, currency))
  expect(order.subtotal).toBe(sum(order.items.map((item) => item.subtotal)))
  expect(order.shipping_total).toBe(sum(order.shipping_methods.map((method) => method.amount)))
  expect(order.subtotal - order.discount_total + order.shipping_total + order.tax_total).toBe(order.total)
  expect(order.items).toHaveLength(medusa.items.length)
  for (const item of order.items) {
    const own = medusa.items.find((candidate) => candidate.id === item.id)!
    expect(item.total).toBe(minor(own.total, currency))
    expect(item.subtotal).toBe(minor(own.subtotal, currency))
    expect(item.unit_price).toBe(minor(own.unit_price, currency))
    expect(item.subtotal - item.discount_total + item.tax_total).toBe(item.total)
  }
  for (const method of order.shipping_methods) {
    const own = medusa.shipping_methods.find((candidate) => candidate.id === method.id)!
    expect(method.total).toBe(minor(own.total, currency))
    expect(method.amount - method.discount_total + method.tax_total).toBe(method.total)
  }
  const amounts = [order, ...order.items].flatMap((part) => [part.subtotal, part.discount_total, part.tax_total, part.total])
  expect(amounts.every(Number.isInteger)).toBe(true)
}

const MARKETS: Market[] = [
  { currencyCode: "usd", countryCode: "us", taxRate: 8.875, taxInclusive: false, price: 19.99, shippingPrice: 4.95 },
  { currencyCode: "jpy", countryCode: "jp", taxRate: 10, taxInclusive: true, price: 333, shippingPrice: 500 },
  { currencyCode: "bhd", countryCode: "bh", taxRate: 7.7, taxInclusive: true, price: 1.255, shippingPrice: 0.75 },
]

type Discount = { type: "percentage" | "fixed"; target_type: "items" | "order" | "shipping_methods"; value: number }

/** A promotion that counts for carts of its currency. */
const promotion = (code: string, currency: string, discount: Discount) => ({
  code,
  type: "standard" as const,
  status: "active" as const,
  application_method: { ...discount, allocation: "across" as const, currency_code: currency },
})

shopSuite({}, (bench) => {
  const totalsOf = async (ids: string[]) => {
    const { data } = await bench.container
      .resolve(ContainerRegistrationKeys.QUERY)
      .graph({ entity: "order", fields: ["id", "total", "subtotal", "items.*", "shipping_methods.*"], filters: { id: ids } })
    return new Map((data as MedusaTotals[]).map((order) => [order.id, order]))
  }

  const pull = async () => (await bench.client.get<{ orders: OrderDocument[] }>("/odoo/orders?limit=500")).data.orders

  describe("the totals of orders on the wire", () => {
    it("are Medusa's own and add up, whatever the lines, discounts, taxes and currencies", async () => {
      const orders = bench.container.resolve(Modules.ORDER)
      const placeAll = fc.asyncProperty(fc.array(anOrder, { minLength: 25, maxLength: 25 }), async (batch) => {
        const ids = (await orders.createOrders(structuredClone(batch))).map((order) => order.id)
        await captureOrdersWorkflow(bench.container).run({ input: { ids } })
        const totals = await totalsOf(ids)
        const pulled = (await pull()).filter((order) => ids.includes(order.id))
        expect(pulled).toHaveLength(batch.length)
        for (const order of pulled) {
          expectSameTotals(order, totals.get(order.id)!)
        }
      })
      const { failed, seed, errorInstance } = await fc.check(placeAll, { numRuns: 6, endOnFailure: true, ...SEED })
      if (failed) {
        // the batch itself would fill pages: its seed makes it again
        throw new Error(`failed with FC_SEED=${String(seed)}`, { cause: errorInstance })
      }
    }, 900_000)

    it("are Medusa's own for what shoppers buy in several markets, with promotions of both kinds", async () => {
      const shops = await openMarkets(bench.container, bench.shop, MARKETS)
      await createPromotionsWorkflow(bench.container).run({
        input: {
          promotionsData: MARKETS.flatMap(({ currencyCode, price }) => [
            promotion(`THIRD-${currencyCode}`, currencyCode, { type: "percentage", target_type: "items", value: 33.3 }),
            promotion(`LESS-${currencyCode}`, currencyCode, { type: "fixed", target_type: "order", value: price }),
          ]),
        },
      })
      for (const { currencyCode, countryCode } of MARKETS) {
        const shopper = new Shopper(bench.client.defaults.baseURL ?? "", shops[currencyCode]!)
        for (const code of [`THIRD-${currencyCode}`, `LESS-${currencyCode}`]) {
          await shopper.buy([{ sku: "SHIRT-S", quantity: 3 }], { address: { ...ADDRESS, country_code: countryCode }, promotionCodes: [code] })
        }
      }
      const pulled = await pull()
      expect(pulled).toHaveLength(2 * MARKETS.length)
      const totals = await totalsOf(pulled.map((order) => order.id))
      for (const order of pulled) {
        expectSameTotals(order, totals.get(order.id)!)
        expect(order.discount_total).toBeGreaterThan(0)
        expect(order.tax_total).toBeGreaterThan(0)
        expect(order.items.map((item) => item.is_tax_inclusive)).toEqual(
          order.items.map(() => MARKETS.find((market) => market.currencyCode === order.currency_code)!.taxInclusive)
        )
      }
    }, 900_000)
  })

  describe("an order that costs nothing", () => {
    const FREE: Market[] = [
      { currencyCode: "eur", countryCode: "de", taxRate: 19, taxInclusive: true, price: 399, shippingPrice: 4.9 },
      { currencyCode: "jpy", countryCode: "jp", taxRate: 10, taxInclusive: true, price: 333, shippingPrice: 500 },
      { currencyCode: "bhd", countryCode: "bh", taxRate: 7.7, taxInclusive: true, price: 1.255, shippingPrice: 0.75 },
    ]

    it("is paid where Medusa's own admin says so: when it is told, when it is pulled, and after Odoo has it paid", async () => {
      const shops = await openMarkets(bench.container, bench.shop, FREE)
      const free = (target: "items" | "shipping_methods", currency: string) =>
        promotion(`FREE-${target}-${currency}`, currency, { type: "percentage", target_type: target, value: 100 })
      await createPromotionsWorkflow(bench.container).run({
        input: { promotionsData: FREE.flatMap(({ currencyCode }) => [free("items", currencyCode), free("shipping_methods", currencyCode)]) },
      })
      const admin = await bench.admin()
      for (const { currencyCode, countryCode } of FREE) {
        const shopper = new Shopper(bench.client.defaults.baseURL ?? "", shops[currencyCode]!)
        const { id } = await shopper.buy([{ sku: "SHIRT-S", quantity: 1 }], {
          address: { ...ADDRESS, country_code: countryCode },
          promotionCodes: ["items", "shipping_methods"].map((target) => `FREE-${target}-${currencyCode}`),
        })
        const shown = (await admin.get<{ order: { payment_status: string; total: number } }>(`/admin/orders/${id}`)).data.order
        expect([currencyCode, shown.total, shown.payment_status]).toEqual([currencyCode, 0, "captured"])
        const told = await waitFor("Odoo is told of the order", () =>
          bench.standIn.deliveries.map(({ body }) => body.data.order as OrderDocument | undefined).find((order) => order?.id === id)
        )
        const pulled = async () => (await bench.client.get<{ order: OrderDocument }>(`/odoo/orders/${id}`)).data.order
        const nothing = { payment_status: "captured", total: 0, tax_total: 0, shipping_methods: [{ total: 0, tax_total: 0 }] }
        expect(told).toMatchObject(nothing)
        const [method] = told.shipping_methods
        expect([method!.amount > 0, method!.discount_total]).toEqual([true, method!.amount])
        expect(await pulled()).toMatchObject(nothing)
        const paid = await bench.client.post("/odoo/webhooks/order-status", { event_type: "order.paid", order: { medusa_order_id: id } })
        expect([paid.status, paid.data.effects]).toEqual([200, []])
        expect(await pulled()).toMatchObject({ ...nothing, metadata: { odoo_paid: true } })
      }
    }, 900_000)
  })
})
