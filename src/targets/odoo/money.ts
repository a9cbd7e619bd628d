import { BigNumber } from "bignumber.js"

import type { OdooTax } from "../../connection/sales-taxes"
import { externalId } from "../../connection/needs"
import type { OdooRecord } from "../../odoo-client"
import type { WholeOrder } from "../../queries/read-orders"
import { isNothing, roundToCurrency, sumOf, toAmount, type Amount } from "../../wire/money"
import { loadWithLines, type Cell } from "./load-record"
import { noteOnce } from "./note-once"
import type { PlannedLine } from "./plan-lines"
import { comesFromRounding } from "./rounding-lines"
import type { SaleOrder } from "./sale-order"
import type { Session } from "./session"
import type { ShopOrder } from "./shop-order"
import { idIn, idsIn, textOf } from "./values"

type Payment = NonNullable<WholeOrder["payment_collections"][number]["payments"]>[number]

const paymentsOf = ({ payment_collections: collections }: WholeOrder): Payment[] => collections.flatMap(({ payments }) => payments ?? [])

/** The posted invoices of each of these sale orders, the oldest first. */
async function invoicesOf({ client }: Session, saleOrders: readonly SaleOrder[]): Promise<OdooRecord[][]> {
  const rows = await client.searchRead("sale.order", { domain: [["id", "in", saleOrders.map(({ id }) => id)]], fields: ["invoice_ids"] })
  const idsOf = new Map(rows.map(({ id, invoice_ids: invoices }) => [id, idsIn(invoices)]))
  const ids = [...idsOf.values()].flat()
  const posted =
    ids.length === 0
      ? []
      : await client.searchRead("account.move", {
          domain: [["id", "in", ids], ["move_type", "=", "out_invoice"], ["state", "=", "posted"]],
          fields: ["partner_id", "currency_id", "amount_total", "amount_residual", "payment_state"],
          order: "id",
        })
  return saleOrders.map((saleOrder) => posted.filter(({ id }) => idsOf.get(saleOrder.id)?.includes(id)))
}

/** What is still to be paid of invoices, by their ids, in the order in which they are paid. */
type Unpaid = Map<number, Amount>

const unpaidOf = (invoices: readonly OdooRecord[]): Unpaid =>
  new Map(
    invoices
      .filter(({ payment_state: state }) => state === "not_paid" || state === "partial")
      .map(({ id, amount_residual: residual }) => [id, toAmount(residual)])
  )

/** Registers a captured payment on what is unpaid, and takes it off that. The payment's id in Odoo's memo tells a repetition. */
async function registerPayment(session: Session, payment: Payment, unpaid: Unpaid, currencyCode: string): Promise<void> {
  const { client, lookups } = session
  const memo = (await lookups.hasField("account.payment", "memo")) ? "memo" : "ref"
  const captured = roundToCurrency(sumOf((payment.captures ?? []).map(({ amount }) => amount)), currencyCode)
  if (isNothing(captured) || unpaid.size === 0) {
    return
  }
  const known = await client.searchRead("account.payment", { domain: [[memo, "ilike", payment.id]], fields: ["amount"] })
  let rest = captured.minus(sumOf(known.map(({ amount }) => amount)))
  for (const [id, residual] of unpaid) {
    const amount = BigNumber.min(rest, residual)
    if (amount.isLessThanOrEqualTo(0)) {
      continue
    }
    const context = { active_model: "account.move", active_ids: [id] }
    const [wizard] = (await client.call("account.payment.register", "create", {
      vals_list: [{ amount: amount.toNumber(), communication: `Medusa ${payment.id}` }],
      context,
    })) as number[]
    await client.call("account.payment.register", "action_create_payments", { ids: [wizard], context })
    rest = rest.minus(amount)
    unpaid.set(id, residual.minus(amount))
  }
}

/** Lines of a credit note that come to an amount with tax, parted among the taxes as the lines of the order are. */
function creditLines(amount: Amount, lines: readonly PlannedLine[], taxes: readonly OdooTax[], productId: number, currencyCode: string) {
  const groups = new Map<string, { taxIds: readonly number[]; total: Amount }>()
  const rateOf = (taxIds: readonly number[]) =>
    taxIds.reduce((sum, id) => sum.plus(taxes.find((tax) => tax.id === id)?.rate ?? 0), new BigNumber(0)).dividedBy(100).plus(1)
  const isInclusive = (taxIds: readonly number[]) => taxes.some(({ id, isInclusive: inclusive }) => inclusive && taxIds.includes(id))
  for (const { taxIds, priceUnit, quantity, discount } of lines) {
    const price = priceUnit.times(quantity).times(new BigNumber(100).minus(discount)).dividedBy(100)
    const key = [...taxIds].sort().join()
    const total = isInclusive(taxIds) ? price : price.times(rateOf(taxIds))
    groups.set(key, { taxIds, total: (groups.get(key)?.total ?? new BigNumber(0)).plus(total) })
  }
  const positive = [...groups.values()].filter(({ total }) => total.isPositive() && !isNothing(total))
  const all = positive.reduce((sum, { total }) => sum.plus(total), new BigNumber(0))
  const parts = positive.length === 0 ? [{ taxIds: [], total: new BigNumber(1) }] : positive
  let rest = amount
  return parts.map(({ taxIds, total }, index) => {
    const part = index === parts.length - 1 ? rest : roundToCurrency(amount.times(total).dividedBy(all), currencyCode)
    rest = rest.minus(part)
    const price = isInclusive(taxIds) ? part : part.dividedBy(rateOf(taxIds))
    return { "product_id/.id": productId, name: "Refund", quantity: 1, price_unit: price.decimalPlaces(8).toFixed(), "tax_ids/.id": taxIds }
  })
}

const dayOf = (time: Date | string) => new Date(time).toISOString().slice(0, 10)

type Refund = NonNullable<Payment["refunds"]>[number]

/** Adds a line to a credit note that is off by rounding. Another difference comes from a person, and stays. */
async function settleRounding({ client, lookups }: Session, note: OdooRecord, amount: Amount, lines: number, currencyCode: string): Promise<void> {
  const present = toAmount(note.amount_total)
  const tax = toAmount(0)
  if (present.isEqualTo(amount) || !comesFromRounding({ total: amount, tax }, { total: present, tax }, lines, currencyCode)) {
    return
  }
  const price = amount.minus(present).toNumber()
  const line = { product_id: await lookups.service("rounding"), name: "Rounding", quantity: 1, price_unit: price, tax_ids: [[6, 0, []]] }
  await client.call("account.move", "write", { ids: [note.id], vals: { invoice_line_ids: [[0, 0, line]] } })
}

/** Makes the credit note of a refund, once; posts it where the options say so. */
async function makeCreditNote(session: Session, shop: ShopOrder, refund: Refund, invoice: OdooRecord, lines: readonly PlannedLine[]): Promise<void> {
  const { client, lookups, options } = session
  const { order } = shop
  await lookups.requireField("account.move", "x_medusa_refund_id")
  const find = () => client.searchRead("account.move", { domain: [["x_medusa_refund_id", "=", refund.id]], fields: ["state", "amount_total"], limit: 1 })
  const amount = roundToCurrency(toAmount(refund.amount), order.currency_code)
  let [note] = await find()
  if (note === undefined) {
    const productId = await lookups.service("discount")
    const rows: Record<string, Cell>[] = creditLines(amount, lines, await lookups.taxes(), productId, order.currency_code)
    const values = {
      move_type: "out_refund",
      "partner_id/.id": idIn(invoice.partner_id) ?? 0,
      "currency_id/.id": idIn(invoice.currency_id) ?? 0,
      "reversed_entry_id/.id": invoice.id,
      invoice_date: dayOf(refund.created_at),
      ref: `Medusa #${String(order.display_id)}, refund${refund.refund_reason?.label ? `: ${refund.refund_reason.label}` : ""}`,
      x_medusa_refund_id: refund.id,
    }
    await loadWithLines(client, "account.move", externalId(refund.id), { values, lines: { field: "invoice_line_ids", rows } })
    ;[note] = await find()
  }
  if (note !== undefined && textOf(note.state) === "draft") {
    // also that of an attempt whose answer was lost
    await settleRounding(session, note, amount, lines.length, order.currency_code)
  }
  if (note !== undefined && textOf(note.state) === "draft" && options.creditNotes === "posted") {
    await client.call("account.move", "action_post", { ids: [note.id] })
  }
}

/**
 * Brings invoices up to the shop's payments and refunds: a captured payment is registered on the invoice, and a refund becomes a credit
 * note. Where there is no invoice yet, a refund is told by a note.
 * @param further the sale orders of what the order's exchanges and claims send, whose invoices the order's payments pay too
 * @param lines the lines of the sale order of what was ordered
 */
export async function settleMoney(
  session: Session,
  shop: ShopOrder,
  saleOrder: SaleOrder,
  further: readonly SaleOrder[],
  lines: () => Promise<readonly PlannedLine[]>
): Promise<void> {
  const payments = paymentsOf(shop.order)
  const refunds = payments.flatMap((payment) => payment.refunds ?? [])
  if (refunds.length === 0 && payments.every(({ captures }) => (captures ?? []).length === 0)) {
    return
  }
  const [own = [], ...others] = await invoicesOf(session, [saleOrder, ...further.filter(({ state }) => state !== "cancel")])
  const [invoice] = own
  const unpaid = unpaidOf([...own, ...others.flat()])
  for (const payment of payments) {
    await registerPayment(session, payment, unpaid, shop.order.currency_code)
  }
  for (const refund of refunds) {
    if (invoice === undefined) {
      const amount = roundToCurrency(toAmount(refund.amount), shop.order.currency_code).toFixed()
      await noteOnce(session, saleOrder, refund.id, `The shop has refunded ${amount} ${shop.order.currency_code.toUpperCase()}, and there is no invoice to credit.`)
    } else {
      await makeCreditNote(session, shop, refund, invoice, await lines())
    }
  }
}
