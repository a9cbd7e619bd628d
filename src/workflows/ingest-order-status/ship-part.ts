import { updateFulfillmentWorkflow } from "@medusajs/medusa/core-flows"
import { createHash } from "crypto"

import { fulfillmentLines } from "../../wire/fulfillment-lines"
import { toAmount } from "../../wire/money"
import type { Unreadable } from "../../wire/schemas/inventory"
import type { ShippedItem } from "../../wire/schemas/order-webhooks"
import { orConflict } from "../change-order/refusal"
import type { EffectContext } from "./effect"
import { fulfill } from "./fulfill"
import { isPartOf, linesOfPart, minus, plus, tooMuch, unfulfilled, within, type Quantities } from "./lines"
import { liveFulfillments, openFulfillments, loadOrder, type Fulfillment, type LoadedOrder } from "./load-order"
import { readPart } from "./read-part"

/** The metadata by which a fulfillment is known to belong to one shipment of Odoo's. */
const SHIPMENT_MARK = "odoo_shipment"

/** The members of an event that identify a shipment, besides its lines. */
type ShipmentIdentity = { tracking_number?: string | undefined; shipped_at?: string | undefined; key?: string | undefined }

const digest = (parts: unknown) => createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32)

/**
 * The mark that identifies the shipment of a part: a digest of its lines and its tracking number or, without a number, of its
 * lines and its time. The digest of the idempotency key follows separately, because a repeat may come with another key or
 * with none.
 */
export function markOf({ tracking_number: number, shipped_at: time, key }: ShipmentIdentity, lines: Quantities): string {
  const sorted = [...lines].sort(([one], [other]) => (one < other ? -1 : 1))
  const mark = digest([sorted, number ?? null, number === undefined ? (time ?? null) : null])
  return number === undefined && key !== undefined ? `${mark} ${digest(key)}` : mark
}

/** Whether a fulfillment belongs to a shipment. */
export type Belongs = (fulfillment: Pick<Fulfillment, "metadata" | "labels">) => boolean

/** Whether a fulfillment has the label of a tracking number, which a person may have typed. */
export const carries = (number: string, { labels }: Pick<Fulfillment, "labels">) =>
  labels.some((label) => label.tracking_number.trim().toLowerCase() === number.toLowerCase())

/**
 * A predicate for the fulfillments of a shipment: those with its mark, and those with its tracking number, whoever shipped
 * them. A fulfillment of the same lines without a tracking number belongs to it too, unless it has another number by now.
 */
export function belongsTo(said: ShipmentIdentity, lines: Quantities): Belongs {
  const { tracking_number: number, shipped_at: time, key } = said
  const mark = markOf(said, lines)
  const unnumbered = number === undefined ? [] : [markOf({ shipped_at: time }, lines), markOf({}, lines)]
  return (fulfillment) => {
    const { metadata, labels } = fulfillment
    const present = metadata?.[SHIPMENT_MARK]
    const [withoutKey] = typeof present === "string" ? present.split(" ") : []
    return (
      present === mark ||
      (key === undefined && withoutKey === mark) ||
      (number !== undefined && carries(number, fulfillment)) ||
      (labels.length === 0 && unnumbered.some((early) => early === withoutKey))
    )
  }
}

const orderedOf = (order: LoadedOrder): Quantities => new Map(order.items.map((line) => [line.id, toAmount(line.quantity).toNumber()]))

/** The lines that a part names, shipped or not: an equal part always names the same lines. */
const linesNamed = (items: readonly ShippedItem[], order: LoadedOrder) => linesOfPart(items, order.items, orderedOf(order))

const held = (order: LoadedOrder, fulfillments: readonly Fulfillment[]) =>
  fulfillments.reduce<Quantities>((all, { items }) => plus(all, fulfillmentLines(items, order.items)), new Map())

/** The fulfillments packed by a person that lie wholly within the asked pieces, and the asked pieces that they do not hold. */
function takePacked(order: LoadedOrder, packed: readonly Fulfillment[], asked: Quantities) {
  const taken: Fulfillment[] = []
  let rest = asked
  for (const fulfillment of packed) {
    const lines = fulfillmentLines(fulfillment.items, order.items)
    if (lines.size > 0 && isPartOf(lines, rest)) {
      taken.push(fulfillment)
      rest = minus(rest, lines)
    }
  }
  return { taken, rest }
}

const isSame = (one: Quantities, other: Quantities) => isPartOf(one, other) && isPartOf(other, one)

/** Reads the items of a part. The items may also mean the goods of the given fulfillments, which are the part's own. */
type ReadFor = (own: readonly Fulfillment[]) => ReturnType<typeof readPart>

/** The fulfillment that a person made of exactly this part, without a label; a shipped one is preferred. */
function madeByHand(order: LoadedOrder, readFor: ReadFor): Fulfillment | undefined {
  const same = liveFulfillments(order).filter((fulfillment) => {
    const lines = fulfillmentLines(fulfillment.items, order.items)
    const isUnknown = fulfillment.metadata?.[SHIPMENT_MARK] === undefined && fulfillment.labels.length === 0
    return isUnknown && isSame(linesOfPart(readFor([fulfillment]).items, order.items, lines), lines)
  })
  return same.find((fulfillment) => fulfillment.shipped_at !== null) ?? same[0]
}

/**
 * Finds the fulfillments of a part that was shipped before. The items are read anew for each candidate: otherwise a repeat of
 * shipped goods could be read as an open kit that is made of the same goods.
 * @returns empty for a part that no earlier event and no person has shipped
 */
function ownFulfillments(order: LoadedOrder, said: ShipmentIdentity, readFor: ReadFor): Fulfillment[] {
  const { tracking_number: number } = said
  const live = liveFulfillments(order)
  const marks = new Set(live.flatMap(({ metadata }) => metadata?.[SHIPMENT_MARK] ?? []))
  const candidates = [
    number === undefined ? [] : live.filter((fulfillment) => carries(number, fulfillment)),
    ...[...marks].map((mark) => live.filter(({ metadata }) => metadata?.[SHIPMENT_MARK] === mark)),
  ]
  const own = candidates.find((group) => group.length > 0 && group.some(belongsTo(said, linesNamed(readFor(group).items, order))))
  const byHand = own === undefined ? madeByHand(order, readFor) : undefined
  return own ?? (byHand === undefined ? [] : [byHand])
}

/** Adds to the remarks the pieces that the event states beyond the open ones. */
function noteSurplus({ remarks }: EffectContext, order: LoadedOrder, surplus: Quantities): void {
  const skuOf = (id: string) => order.items.find((line) => line.id === id)?.variant_sku ?? id
  remarks.surplus.push(...[...surplus].map(([id, quantity]) => ({ sku: skuOf(id), quantity })))
}

/** Whether a fulfillment without the shipment's mark may belong to it: not where it has a label and the shipment a number. */
const mayBelong = ({ tracking_number: number }: ShipmentIdentity) => ({ labels }: Fulfillment) => number === undefined || labels.length === 0

/** Whether a fulfillment holds all of these lines. */
const holds = (order: LoadedOrder, lines: Quantities) => (fulfillment: Pick<Fulfillment, "items">) =>
  isPartOf(lines, fulfillmentLines(fulfillment.items, order.items))

/**
 * Fulfills a part of an order, as far as it is not fulfilled already, and marks its fulfillments with this shipment's mark. A
 * fulfillment that a person made belongs to this shipment where it has its tracking number, or has no label and holds exactly
 * this part. Pieces beyond the open ones, and items that could not be read, are added to the remarks.
 * @returns a predicate for the fulfillments of the shipment; in an order that was shipped without it, for those that hold the part
 * @throws WireError `VALIDATION_ERROR` where no item is in the order, `CONFLICT` where all of them have been shipped
 */
export async function preparePart(
  context: EffectContext,
  given: readonly (ShippedItem | Unreadable)[]
): Promise<(fulfillment: Fulfillment) => boolean> {
  const { container, orderId, remarks } = context
  const said = { ...context.said, key: context.key }
  const order = await loadOrder(container, orderId)
  const shipped = liveFulfillments(order).filter((fulfillment) => fulfillment.shipped_at !== null)
  const readFor: ReadFor = (own) => readPart(order, given, held(order, shipped.filter((fulfillment) => !own.includes(fulfillment))))
  const own = ownFulfillments(order, said, readFor)
  const { items, failed } = readFor(own)
  remarks.failed.push(...failed)
  const named = linesNamed(items, order)
  const mark = markOf(said, named)
  const isOurs = belongsTo(said, named)
  const markAsOurs = ({ id, metadata }: Fulfillment) =>
    orConflict(() => updateFulfillmentWorkflow(container).run({ input: { id, metadata: { ...metadata, [SHIPMENT_MARK]: mark } } }))
  const known = liveFulfillments(order).filter(isOurs)
  const [byHand] = known.length === 0 ? own : []
  if (byHand !== undefined) {
    await markAsOurs(byHand)
    return isOurs
  }
  const ours = held(order, known)
  const packed = openFulfillments(order).filter((fulfillment) => fulfillment.metadata?.[SHIPMENT_MARK] === undefined && !isOurs(fulfillment))
  const open = unfulfilled(order.items)
  const asked = minus(linesOfPart(items, order.items, ours, plus(open, held(order, packed))), ours)
  const { taken, rest } = takePacked(order, packed, asked)
  const allIsShipped = open.size === 0 && openFulfillments(order).length === 0
  if (allIsShipped) {
    const mine = known.length > 0 ? ours : held(order, liveFulfillments(order).filter(mayBelong(said)))
    noteSurplus(context, order, minus(linesOfPart(items, order.items, mine), mine))
    return known.length > 0 ? isOurs : holds(order, named)
  }
  const toPack = within(rest, open)
  if (toPack.size + taken.length + known.length === 0) {
    throw tooMuch(rest, open, order.items)
  }
  noteSurplus(context, order, minus(rest, open))
  for (const fulfillment of taken) {
    await markAsOurs(fulfillment)
  }
  await fulfill(context, order, toPack, { [SHIPMENT_MARK]: mark })
  return isOurs
}
