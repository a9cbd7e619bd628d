import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { findOrderId } from "../queries/find-order"
import { rehearseOrder } from "../targets/odoo/rehearse"
import { runScript, table, type Given } from "../utils/command-line"
import type { Rehearsal } from "../wire/answer-schemas/rehearsal"
import { invalidInput, WireError } from "../wire/errors"
import { currencyDecimals, toAmount, type AmountUnit } from "../wire/money"

/** The exit code where an order would be held. */
const HELD = 2

/** The exit code where it could not be found out whether an order would be held. */
const UNKNOWN = 1

/** Stands in the place of an order's rehearsal where it could not be found out. */
type Unknown = { order: string; error: string }

/** An amount of the order in the major unit, for people. */
const money = (amount: number, currency: string, unit: AmountUnit) =>
  toAmount(amount).shiftedBy(unit === "minor" ? -currencyDecimals(currency) : 0).toFixed(currencyDecimals(currency))

/** The description of a present sale order, by its state in Odoo. */
const STATES: Readonly<Record<string, string>> = { draft: "a draft", sent: "a draft that was sent", sale: "confirmed", done: "locked", cancel: "canceled" }

const saleOrderText = ({ sale_order: present, holds }: Rehearsal) =>
  present !== null ? `${present.name} is there, ${STATES[present.state] ?? present.state}` : holds.length > 0 ? "is not made yet" : "would be made"

const closingOf = ({ confirmed, holds }: Rehearsal) =>
  holds.length > 0 ? ["Held:", ...holds.map((hold) => `  ${hold}`)] : [confirmed ? "Nothing is held. The sale order would be confirmed at once." : "Nothing is held."]

function lineTable({ lines }: Rehearsal): string {
  const rows = lines.map(({ sku, name, product_name: product, quantity, price_unit: price, discount, taxes, total }) => ({
    SKU: sku ?? "",
    line: name,
    "product in Odoo": product ?? "none",
    quantity: String(quantity),
    price: String(price),
    "discount %": discount === 0 ? "" : String(discount),
    taxes: taxes.join(", "),
    total: total === undefined ? "" : String(total),
  }))
  return table(rows, "No lines.")
}

function textOf(rehearsal: Rehearsal, unit: AmountUnit): string {
  const { order, customer, pricelist, reference, team, warehouse, payment_term: term } = rehearsal
  const currency = order.currency_code
  const amount = (value: number) => money(value, currency, unit)
  const optional = [["Sales team", team], ["Warehouse", warehouse], ["Payment term", term]] as const
  return [
    [
      `Order ${String(order.display_id)} (${order.id}): ${amount(order.total)} ${currency.toUpperCase()}, of which tax ${amount(order.tax_total)}`,
      `Sale order: ${saleOrderText(rehearsal)}`,
      `Customer: ${customer.name}, ${customer.action}`,
      `Pricelist: ${pricelist.currency}, ${pricelist.action}`,
      `Reference: ${reference}`,
      ...optional.flatMap(([title, record]) => (record === null ? [] : [`${title}: ${record.name}`])),
    ].join("\n"),
    lineTable(rehearsal),
    closingOf(rehearsal).join("\n"),
  ].join("\n\n")
}

/**
 * Rehearses the order of a word.
 * @param isOneOfMany whether others are shown too, so that an error of this one must not hide them
 */
async function rehearseWord(container: MedusaContainer, word: string, isOneOfMany: boolean): Promise<Rehearsal | Unknown> {
  try {
    return await rehearseOrder(container, await findOrderId(container, word))
  } catch (error) {
    if (isOneOfMany && error instanceof WireError) {
      return { order: word, error: error.message }
    }
    throw error
  }
}

async function rehearsalText(container: MedusaContainer, { words, flags }: Given): Promise<string> {
  if (words.length === 0) {
    throw invalidInput("", "Name one order or several, by the id or by the number that people see.")
  }
  const rehearsed: (Rehearsal | Unknown)[] = []
  for (const word of words) {
    rehearsed.push(await rehearseWord(container, word, words.length > 1))
  }
  const isUnknown = rehearsed.some((one) => "error" in one)
  if (isUnknown || rehearsed.some((one) => !("error" in one) && one.holds.length > 0)) {
    process.exitCode = isUnknown ? UNKNOWN : HELD
  }
  const { amountUnit } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  const texts = rehearsed.map((one) => ("error" in one ? `Order ${one.order}: ${one.error}` : textOf(one, amountUnit)))
  return flags.has("json") ? JSON.stringify(rehearsed, null, 2) : [...texts, "Nothing was changed."].join("\n\n")
}

/**
 * Shows the sale order that an order would become, without making it. Exit code 0: nothing would be held; 2: an order would be held;
 * 1: it could not be found out, at least of one order.
 *
 *     npx medusa exec <path>/rehearse -- 1042 --json
 */
export default async function rehearse({ container, args }: ExecArgs): Promise<void> {
  const command = {
    usage: "<order>… [options]  shows the sale order that an order would become, without making it",
    flags: ["json"],
    run: (given: Given) => rehearsalText(container, given),
  }
  await runScript("rehearse", command, args)
}
