import { updateFulfillmentWorkflow } from "@medusajs/medusa/core-flows"
import { createHash } from "crypto"

import { fulfilmentLines } from "../../wire/fulfilment-lines"
import { toAmount } from "../../wire/money"
import type { ShippedItem } from "../../wire/schemas/order-webhooks"
import { orConflict } from "../change-order/refusal"
import type { EffectContext } from "./effect"
import { fulfil } from "./fulfil"
import { isPartOf, linesOfPart, minus, plus, tooMuch, unfulfilled, type Quantities } from "./lines"
import { liveFulfilments, openFulfilments, readOrderState, type Fulfilment, type OrderState } from "./order-state"

/** The metadata by which a fulfilment is known to belong to one shipment of Odoo's. */
const SHIPMENT_MARK = "odoo_shipment"

/** What a shipment of Odoo's is known by, besides its lines. */
type Told = { tracking_number?: string | undefined; shipped_at?: string | undefined; key?: string | undefined }

const digest = (parts: unknown) => createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32)

/**
 * What tells one shipment of a part from another: its lines, and its tracking number or, without one, its time and the
 * idempotency key that it came with. The key stands apart: whoever says the same without one, or with the number, does not
 * know it.
 */
export function markOf({ tracking_number: number, shipped_at: time, key }: Told, lines: Quantities): string {
  const sorted = [...lines].sort(([one], [other]) => (one < other ? -1 : 1))
  const mark = digest([sorted, number ?? null, number === undefined ? (time ?? null) : null])
  return number === undefined && key !== undefined ? `${mark} ${digest(key)}` : mark
}

/** Whether a fulfilment belongs to a shipment. */
export type Belongs = (fulfilment: Pick<Fulfilment, "metadata" | "labels">) => boolean

/** Whether a fulfilment has the label of a tracking number, which a person may have typed. */
export const carries = (number: string, { labels }: Pick<Fulfilment, "labels">) =>
  labels.some((label) => label.tracking_number.trim().toLowerCase() === number.toLowerCase())

/**
 * Tells the fulfilments of a shipment, of which a second one that is alike is a repeat: those that were marked as its, and
 * those that carry its tracking number, whoever has shipped them. One that was told before without its tracking number is
 * the same shipment, unless it has got another number since.
 */
export function belongsTo(said: Told, lines: Quantities): Belongs {
  const { tracking_number: number, shipped_at: time, key } = said
  const mark = markOf(said, lines)
  const unnumbered = number === undefined ? [] : [markOf({ shipped_at: time }, lines), markOf({}, lines)]
  return (fulfilment) => {
    const { metadata, labels } = fulfilment
    const present = metadata?.[SHIPMENT_MARK]
    const [withoutKey] = typeof present === "string" ? present.split(" ") : []
    return (
      present === mark ||
      (key === undefined && withoutKey === mark) ||
      (number !== undefined && carries(number, fulfilment)) ||
      (labels.length === 0 && unnumbered.some((early) => early === withoutKey))
    )
  }
}

/** The lines that a part names, whatever of them has been shipped: the same part means the same lines each time. */
const linesNamed = (items: readonly ShippedItem[], order: OrderState) =>
  linesOfPart(items, order.items, new Map(order.items.map((line) => [line.id, toAmount(line.quantity).toNumber()])))

const held = (order: OrderState, fulfilments: readonly Fulfilment[]) =>
  fulfilments.reduce<Quantities>((all, { items }) => plus(all, fulfilmentLines(items, order.items)), new Map())

/** Of what was packed by hand: the fulfilments that lie wholly in what is asked for, and what they leave of it. */
function takePacked(order: OrderState, packed: readonly Fulfilment[], asked: Quantities) {
  const taken: Fulfilment[] = []
  let rest = asked
  for (const fulfilment of packed) {
    const lines = fulfilmentLines(fulfilment.items, order.items)
    if (lines.size > 0 && isPartOf(lines, rest)) {
      taken.push(fulfilment)
      rest = minus(rest, lines)
    }
  }
  return { taken, rest }
}

const isSame = (one: Quantities, other: Quantities) => isPartOf(one, other) && isPartOf(other, one)

/** The fulfilment that a person has made of just this part in the dashboard, without a label: one that was shipped, if any. */
function madeByHand(order: OrderState, items: readonly ShippedItem[]): Fulfilment | undefined {
  const same = liveFulfilments(order).filter((fulfilment) => {
    const lines = fulfilmentLines(fulfilment.items, order.items)
    const isUnknown = fulfilment.metadata?.[SHIPMENT_MARK] === undefined && fulfilment.labels.length === 0
    return isUnknown && isSame(linesOfPart(items, order.items, lines), lines)
  })
  return same.find((fulfilment) => fulfilment.shipped_at !== null) ?? same[0]
}

/** Whether a fulfilment holds all of these lines. */
const holds = (order: OrderState, lines: Quantities) => (fulfilment: Pick<Fulfilment, "items">) =>
  isPartOf(lines, fulfilmentLines(fulfilment.items, order.items))

/**
 * Packs a part of an order, as far as it is not packed already, and marks its fulfilments as this shipment's. What a
 * person has packed or shipped in the dashboard is this shipment where it carries its tracking number, or has no label and
 * holds just this part.
 * @returns tells its fulfilments; of an order that has been shipped by other ways, those that hold the part
 * @throws WireError `VALIDATION_ERROR` for an item that the order does not have, `CONFLICT` for more than is left
 */
export async function preparePart(context: EffectContext, items: readonly ShippedItem[]): Promise<(fulfilment: Fulfilment) => boolean> {
  const { container, orderId } = context
  const said = { ...context.said, key: context.key }
  const order = await readOrderState(container, orderId)
  const named = linesNamed(items, order)
  const mark = markOf(said, named)
  const isOurs = belongsTo(said, named)
  const markAsOurs = ({ id, metadata }: Fulfilment) =>
    orConflict(() => updateFulfillmentWorkflow(container).run({ input: { id, metadata: { ...metadata, [SHIPMENT_MARK]: mark } } }))
  const known = liveFulfilments(order).filter(isOurs)
  const byHand = known.length === 0 ? madeByHand(order, items) : undefined
  if (byHand !== undefined) {
    await markAsOurs(byHand)
    return isOurs
  }
  const ours = held(order, known)
  const packed = openFulfilments(order).filter((fulfilment) => fulfilment.metadata?.[SHIPMENT_MARK] === undefined && !isOurs(fulfilment))
  const open = unfulfilled(order.items)
  const asked = minus(linesOfPart(items, order.items, ours, plus(open, held(order, packed))), ours)
  const { taken, rest } = takePacked(order, packed, asked)
  const allIsShipped = open.size === 0 && openFulfilments(order).length === 0
  if (allIsShipped) {
    return known.length > 0 ? isOurs : holds(order, named)
  }
  if (!isPartOf(rest, open)) {
    throw tooMuch(rest, open, order.items)
  }
  for (const fulfilment of taken) {
    await markAsOurs(fulfilment)
  }
  await fulfil(context, order, rest, { [SHIPMENT_MARK]: mark })
  return isOurs
}
