import { createOrderShipmentWorkflow, updateFulfillmentWorkflow } from "@medusajs/medusa/core-flows"

import { fulfilmentLines } from "../../wire/fulfilment-lines"
import { orConflict } from "../change-order/refusal"
import { levelKey } from "../ingest-inventory/plan-stock"
import { shippedAt, type Effect, type EffectContext } from "./effect"
import { fulfil } from "./fulfil"
import { noteShipment } from "./keep-count"
import { unfulfilled } from "./lines"
import { liveFulfilments, openFulfilments, readOrderState, type Fulfilment, type OrderState } from "./order-state"
import { carries, preparePart } from "./ship-part"
import { isUnmanaged, shipUnmanagedWorkflow } from "./ship-unmanaged"

type NewLabel = { tracking_number: string; tracking_url: string; label_url: string }

/** Medusa shows the address as a link, so nothing but the web's own addresses becomes one. */
const webAddress = (text: string | undefined) => (text !== undefined && /^https?:\/\//i.test(text) ? text : "")

/** The labels that a fulfilment has once it is shipped; those of the fulfilment provider stay. */
function labelsOf(fulfilment: Fulfilment, said: EffectContext["said"]): NewLabel[] {
  const { tracking_number: number, tracking_url: url } = said
  const present = fulfilment.labels
  return number === undefined || carries(number, fulfilment)
    ? present
    : [...present, { tracking_number: number, tracking_url: webAddress(url), label_url: "" }]
}

async function shipFulfilment(context: EffectContext, order: OrderState, fulfilment: Fulfilment): Promise<void> {
  const { container, orderId, said, done } = context
  const input = {
    order_id: orderId,
    fulfillment_id: fulfilment.id,
    items: [...fulfilmentLines(fulfilment.items, order.items)].map(([id, quantity]) => ({ id, quantity })),
    labels: labelsOf(fulfilment, said),
  }
  // what a person has packed left the stock when it was packed
  const keys = fulfilment.items.flatMap(({ inventory_item_id: itemId }) =>
    itemId ? levelKey({ itemId, locationId: fulfilment.location_id }) : []
  )
  await noteShipment(container, keys, shippedAt(said))
  const workflow = isUnmanaged(fulfilment.items, order.items) ? shipUnmanagedWorkflow : createOrderShipmentWorkflow
  await orConflict(() => workflow(container).run({ input }))
  done.add("shipped")
}

/** Whether a fulfilment is one of those that an event is about. */
type Belongs = (fulfilment: Fulfilment) => boolean

/** Ships the packed fulfilments, or those among them that were made for one part. */
export async function shipOpen(context: EffectContext, belongs: Belongs = () => true): Promise<void> {
  const order = await readOrderState(context.container, context.orderId)
  for (const fulfilment of openFulfilments(order)) {
    if (belongs(fulfilment)) {
      await shipFulfilment(context, order, fulfilment)
    }
  }
}

/** Ships whatever of the order is not on its way yet, packed or not. */
export async function shipAll(context: EffectContext): Promise<void> {
  const order = await readOrderState(context.container, context.orderId)
  await fulfil(context, order, unfulfilled(order.items))
  await shipOpen(context)
}

/**
 * The shipment that a tracking number is for which came after it: one without a label, the latest of several.
 * @param belongs whether a shipment is one that the number may be for
 * @returns undefined where the number has its label, or every shipment another one
 */
export function unlabelled(fulfilments: readonly Fulfilment[], number: string, belongs: Belongs = () => true): Fulfilment | undefined {
  const shipped = fulfilments.filter((fulfilment) => fulfilment.shipped_at !== null)
  if (shipped.some((fulfilment) => carries(number, fulfilment))) {
    return undefined
  }
  const time = ({ shipped_at: shippedAt }: Fulfilment) => new Date(shippedAt ?? 0).getTime()
  return shipped
    .filter((fulfilment) => fulfilment.labels.length === 0 && belongs(fulfilment))
    .sort((one, other) => time(other) - time(one))[0]
}

/**
 * Gives a tracking number that was not known yet when its shipment left to that shipment. Where something could not be
 * shipped, the number is that one's, and waits for it.
 */
async function labelLate(context: EffectContext, belongs?: Belongs): Promise<void> {
  const { container, orderId, said, done, undone } = context
  if (said.tracking_number === undefined || undone.length > 0) {
    return
  }
  const fulfilment = unlabelled(liveFulfilments(await readOrderState(container, orderId)), said.tracking_number, belongs)
  if (fulfilment !== undefined) {
    // Medusa's workflow takes labels, though its type does not name them
    const input = { id: fulfilment.id, labels: labelsOf(fulfilment, said) }
    await orConflict(() => updateFulfillmentWorkflow(container).run({ input }))
    done.add("labelled")
  }
}

/**
 * `order.shipped`: what is not on its way yet is, or the part of it that the event names (contract 6). A tracking number
 * that comes after its shipment is added to it.
 */
export const ship: Effect = async (context) => {
  const { items } = context.said
  if (items === undefined) {
    await shipAll(context)
    await labelLate(context)
  } else {
    const belongs = await preparePart(context, items)
    await shipOpen(context, belongs)
    await labelLate(context, belongs)
  }
}
