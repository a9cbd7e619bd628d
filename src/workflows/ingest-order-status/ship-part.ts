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
type Told = { tracking_number?: string | undefined; shipped_at?: string | undefined }

/** What tells one shipment of a part from another: its lines, and its tracking number or, without one, its time. */
export function markOf({ tracking_number: number, shipped_at: time }: Told, lines: Quantities): string {
  const sorted = [...lines].sort(([one], [other]) => (one < other ? -1 : 1))
  const parts = [sorted, number ?? null, number === undefined ? (time ?? null) : null]
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32)
}

/** Whether a fulfilment belongs to a shipment. */
export type Belongs = (fulfilment: Pick<Fulfilment, "metadata" | "labels">) => boolean

/**
 * Tells the fulfilments of a shipment, of which a second one that is alike is a repeat. One that was told before
 * without its tracking number is the same shipment, unless it has got another number since.
 */
export function belongsTo(said: Told, lines: Quantities): Belongs {
  const { tracking_number: number, shipped_at: time } = said
  const mark = markOf(said, lines)
  const unnumbered = number === undefined ? [] : [markOf({ shipped_at: time }, lines), markOf({}, lines)]
  return ({ metadata, labels }) => {
    const present = metadata?.[SHIPMENT_MARK]
    return (
      present === mark ||
      (unnumbered.some((early) => early === present) && labels.every((label) => label.tracking_number === number))
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

/**
 * Packs a part of an order, as far as it is not packed already, and marks its fulfilments as this shipment's.
 * @returns tells its fulfilments; there are none where the whole order has been shipped by other ways
 * @throws WireError `VALIDATION_ERROR` for an item that the order does not have, `CONFLICT` for more than is left
 */
export async function preparePart(context: EffectContext, items: readonly ShippedItem[]): Promise<Belongs> {
  const { container, orderId, said } = context
  const order = await readOrderState(container, orderId)
  const named = linesNamed(items, order)
  const mark = markOf(said, named)
  const isOurs = belongsTo(said, named)
  const ours = held(order, liveFulfilments(order).filter(isOurs))
  const packed = openFulfilments(order).filter((fulfilment) => fulfilment.metadata?.[SHIPMENT_MARK] === undefined)
  const open = unfulfilled(order.items)
  const asked = minus(linesOfPart(items, order.items, plus(plus(open, ours), held(order, packed))), ours)
  const { taken, rest } = takePacked(order, packed, asked)
  const allIsShipped = open.size === 0 && openFulfilments(order).length === 0
  if (allIsShipped) {
    return isOurs
  }
  if (!isPartOf(rest, open)) {
    throw tooMuch(rest, open, order.items)
  }
  for (const { id, metadata } of taken) {
    await orConflict(() => updateFulfillmentWorkflow(container).run({ input: { id, metadata: { ...metadata, [SHIPMENT_MARK]: mark } } }))
  }
  await fulfil(context, order, rest, { [SHIPMENT_MARK]: mark })
  return isOurs
}
