import { randomUUID } from "crypto"
import fc from "fast-check"

import type { CreateOrderChangeActionDTO, MedusaContainer } from "@medusajs/framework/types"
import { ChangeActionType, ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { decimal, pieces } from "./random-orders"

/** What happens to one line in a change of an order; an edit sets its quantity, all others count pieces. */
const onLine = fc.record({
  action: fc.constantFrom(
    ChangeActionType.FULFILL_ITEM,
    ChangeActionType.SHIP_ITEM,
    ChangeActionType.DELIVER_ITEM,
    ChangeActionType.RETURN_ITEM,
    ChangeActionType.RECEIVE_RETURN_ITEM,
    ChangeActionType.RECEIVE_DAMAGED_RETURN_ITEM,
    ChangeActionType.WRITE_OFF_ITEM,
    ChangeActionType.ITEM_ADD,
    ChangeActionType.ITEM_REMOVE,
    ChangeActionType.ITEM_UPDATE
  ),
  line: fc.nat(5),
  quantity: pieces(4),
  unit_price: fc.option(decimal(300, 3), { nil: undefined }),
})

const credit = fc.record({ action: fc.constant(ChangeActionType.CREDIT_LINE_ADD), amount: decimal(3, 3) })

/** A change of an order, which makes a version of it. */
const change = fc.record({ type: fc.constant("change" as const), actions: fc.array(fc.oneof({ weight: 4, arbitrary: onLine }, credit), { minLength: 1, maxLength: 3 }) })

const exchange = fc.record({ type: fc.constant("exchange" as const), quantity: pieces(3), unit_price: decimal(50, 3), shipping: decimal(9, 3) })

/** Pieces of a line that are delivered and sent back; they arrive well, damaged or not at all. */
const returned = fc.record({
  type: fc.constant("return" as const),
  line: fc.nat(5),
  quantity: pieces(3),
  arrives: fc.constantFrom("well" as const, "damaged" as const, "never" as const),
})

const end = fc.record({ type: fc.constantFrom("cancel" as const, "complete" as const, "archive" as const) })

/** An amount with more digits than a number holds. */
const amount = fc.tuple(fc.nat(99), fc.bigInt({ min: 0n, max: 10n ** 18n - 1n })).map(([whole, rest]) => `${String(whole)}.${String(rest).padStart(18, "0")}`)

/** What divisions leave of nothing, on either side, and what is just a little more than Medusa takes for that. */
const nextToNothing = fc.constantFrom("-0.000000000000019", "0.000000000000019", "0.0001", "-0.0001", "0.000101", "-0.000101")

/** Of a payment collection: its amounts need not agree, what is read of it is what is tested. */
const collection = fc.record({
  status: fc.constantFrom("not_paid", "awaiting", "authorized", "partially_authorized", "canceled", "completed", "partially_captured"),
  amount: fc.oneof(fc.constantFrom("0", "10", "10.001", "10.01"), nextToNothing, amount),
  captured: fc.oneof(fc.constantFrom(null, "0", "9.999", "10", "4.5"), nextToNothing),
  refunded: fc.oneof(fc.constantFrom(null, "0", "9.999", "10", "2.25"), nextToNothing),
  unlinked: fc.boolean(),
  payments: fc.array(fc.record({ amount, at: fc.constantFrom("captured_at", "canceled_at", null), captures: fc.array(fc.oneof(amount, nextToNothing), { maxLength: 2 }), refunds: fc.array(fc.oneof(amount, nextToNothing), { maxLength: 2 }), deleted: fc.boolean() }), { maxLength: 2 }),
})

const fulfillment = fc.record({
  reached: fc.uniqueArray(fc.constantFrom("packed_at", "shipped_at", "delivered_at", "canceled_at"), { maxLength: 3 }),
  labels: fc.nat(2),
  lines: fc.uniqueArray(fc.tuple(fc.nat(5), pieces(6)), { selector: ([line]) => line, maxLength: 3 }),
  unlinked: fc.boolean(),
})

/** Tables of which rows that Medusa has deleted stay. */
const DELETABLE = ["order_line_item_tax_line", "order_line_item_adjustment"] as const

/** What becomes of an order after it was placed. */
export const aLife = fc.record({
  events: fc.array(fc.oneof({ weight: 5, arbitrary: change }, { weight: 2, arbitrary: returned }, { weight: 2, arbitrary: exchange }, { weight: 1, arbitrary: end }), { maxLength: 5 }),
  collections: fc.array(collection, { maxLength: 3 }),
  fulfillments: fc.array(fulfillment, { maxLength: 3 }),
  deletes: fc.option(fc.constantFrom(...DELETABLE)),
  link: fc.boolean(),
})

export type Life = typeof aLife extends fc.Arbitrary<infer T> ? T : never

const NOW = "2026-11-21T12:34:56.789123Z"

const raw = (value: string | null) => (value === null ? null : JSON.stringify({ value, precision: 20 }))

/** An order that lives through something, in the database of a shop. */
export class LivingOrder {
  constructor(
    private readonly container: MedusaContainer,
    readonly id: string
  ) {}

  private get db() {
    return this.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  }

  private get orders() {
    return this.container.resolve(Modules.ORDER)
  }

  /** Lives through it; what Medusa refuses does not happen. */
  async live(life: Life): Promise<void> {
    for (const event of life.events) {
      await this.#happen(event).catch(() => undefined)
    }
    const lines = await this.#lines()
    for (const one of life.collections) {
      await this.#pay(one)
    }
    for (const one of life.fulfillments) {
      await this.#pack(one, lines)
    }
    if (life.deletes !== null) {
      await this.db(life.deletes).where("item_id", lines[0] ?? "").update({ deleted_at: NOW })
    }
    if (life.link) {
      await this.db("odoo_link").insert({ id: randomUUID(), record_kind: "order", record_id: this.id, odoo_id: "77", odoo_name: "S00077", synced_at: NOW })
    }
  }

  async #lines(): Promise<string[]> {
    const { items } = await this.orders.retrieveOrder(this.id, { relations: ["items"] })
    return (items ?? []).map(({ id }) => id).sort()
  }

  async #happen(event: Life["events"][number]): Promise<void> {
    const lines = await this.#lines()
    const at = (line: number) => lines[line % Math.max(1, lines.length)] ?? ""
    switch (event.type) {
      case "change":
        await this.#change(event.actions, at)
        break
      case "return":
        await this.#sendBack(event, at(event.line))
        break
      case "exchange":
        await this.orders.createExchange({
          order_id: this.id,
          additional_items: [{ id: `ordli_${randomUUID()}`, title: "Instead", quantity: event.quantity, unit_price: event.unit_price }],
          shipping_methods: [{ name: "There", amount: event.shipping }],
          return_shipping: { name: "Back", amount: event.shipping },
        })
        break
      case "cancel":
        await this.orders.cancel(this.id)
        break
      case "complete":
        await this.orders.completeOrder(this.id)
        break
      case "archive":
        await this.orders.archive(this.id)
        break
    }
  }

  async #sendBack({ quantity, arrives }: Life["events"][number] & { type: "return" }, line: string): Promise<void> {
    const details = { reference_id: line, quantity }
    const { FULFILL_ITEM, SHIP_ITEM, DELIVER_ITEM, RECEIVE_DAMAGED_RETURN_ITEM } = ChangeActionType
    await this.#confirm([FULFILL_ITEM, SHIP_ITEM, DELIVER_ITEM].map((action) => ({ action, details })))
    const items = [{ id: line, quantity }]
    const { id } = await this.orders.createReturn({ order_id: this.id, items })
    if (arrives === "well") {
      await this.orders.receiveReturn({ return_id: id, items })
    } else if (arrives === "damaged") {
      await this.#confirm([{ action: RECEIVE_DAMAGED_RETURN_ITEM, details }])
    }
  }

  async #change(actions: (Life["events"][number] & { type: "change" })["actions"], at: (line: number) => string): Promise<void> {
    await this.#confirm(
      actions.map((one) =>
        "amount" in one
          ? { action: one.action, reference: "goodwill", reference_id: randomUUID(), amount: one.amount }
          : { action: one.action, details: { reference_id: at(one.line), quantity: one.quantity, unit_price: one.unit_price } }
      )
    )
  }

  async #confirm(actions: Omit<CreateOrderChangeActionDTO, "order_id" | "order_change_id" | "version">[]): Promise<void> {
    const { id } = await this.orders.createOrderChange({ order_id: this.id, actions })
    await this.orders.confirmOrderChange(id).catch(async (error: unknown) => {
      // one that stays open keeps out those that follow
      await this.orders.cancelOrderChange(id)
      throw error
    })
  }

  async #pay({ status, amount, captured, refunded, unlinked, payments }: Life["collections"][number]): Promise<void> {
    const id = `pay_col_${randomUUID()}`
    await this.db("payment_collection").insert({
      id, status, currency_code: "usd",
      amount, raw_amount: raw(amount),
      captured_amount: captured, raw_captured_amount: raw(captured),
      refunded_amount: refunded, raw_refunded_amount: raw(refunded),
    })
    await this.db("order_payment_collection").insert({ id: randomUUID(), order_id: this.id, payment_collection_id: id, deleted_at: unlinked ? NOW : null })
    for (const payment of payments) {
      const paymentId = `pay_${randomUUID()}`
      const part = (value: string) => ({ id: randomUUID(), payment_id: paymentId, amount: value, raw_amount: raw(value) })
      await this.db("payment").insert({
        id: paymentId, payment_collection_id: id, payment_session_id: randomUUID(), provider_id: "pp_system_default", currency_code: "usd", data: "{}",
        amount: payment.amount, raw_amount: raw(payment.amount),
        deleted_at: payment.deleted ? NOW : null,
        ...(payment.at === null ? {} : { [payment.at]: NOW }),
      })
      for (const value of payment.captures) {
        await this.db("capture").insert(part(value))
      }
      for (const value of payment.refunds) {
        await this.db("refund").insert({ ...part(value), note: "scratched" })
      }
    }
  }

  async #pack({ reached, labels, lines: packed, unlinked }: Life["fulfillments"][number], lines: readonly string[]): Promise<void> {
    const id = `ful_${randomUUID()}`
    await this.db("fulfillment").insert({ id, location_id: "sloc", ...Object.fromEntries(reached.map((time) => [time, NOW])) })
    await this.db("order_fulfillment").insert({ id: randomUUID(), order_id: this.id, fulfillment_id: id, deleted_at: unlinked ? NOW : null })
    for (let label = 0; label < labels; label++) {
      await this.db("fulfillment_label").insert({ id: randomUUID(), fulfillment_id: id, tracking_number: `T${String(label)}`, tracking_url: "", label_url: "" })
    }
    for (const [line, quantity] of packed) {
      const value = String(quantity)
      await this.db("fulfillment_item").insert({
        id: randomUUID(), fulfillment_id: id, title: "", sku: "", barcode: "", quantity: value, raw_quantity: raw(value),
        line_item_id: lines[line] ?? null,
      })
    }
  }
}
