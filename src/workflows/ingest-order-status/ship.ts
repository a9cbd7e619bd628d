import { createOrderShipmentWorkflow, updateFulfillmentWorkflow } from "@medusajs/medusa/core-flows"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { fulfillmentLines } from "../../wire/fulfillment-lines"
import { readShippedItems } from "../../wire/schemas/order-webhooks"
import { orConflict } from "../change-order/refusal"
import { withSkus } from "../change-order/with-skus"
import { levelKey } from "../stock-levels/plan-stock"
import { fulfillmentTimes, shippedAt, type Effect, type EffectContext } from "./effect"
import { fulfill } from "./fulfill"
import { recordShipmentTime } from "./stock-count-guard"
import { unfulfilled } from "./lines"
import { liveFulfillments, loadOrder, type Fulfillment, type LoadedOrder } from "./load-order"
import { atSaidTime, writeSaidTime } from "./said-times"
import { carries, preparePart } from "./ship-part"
import { isUnmanaged, shipUnmanagedWorkflow } from "./ship-unmanaged"

type NewLabel = { tracking_number: string; tracking_url: string; label_url: string }

/** Medusa's dashboard shows the address as a link, so only http and https addresses are accepted. */
const webAddress = (text: string | undefined) => (text !== undefined && /^https?:\/\//i.test(text) ? text : "")

/** The labels of a fulfillment after shipping: its present ones, and one for the tracking number of the event. */
function labelsOf(fulfillment: Fulfillment, said: EffectContext["said"]): NewLabel[] {
  const { tracking_number: number, tracking_url: url } = said
  const present = fulfillment.labels
  return number === undefined || carries(number, fulfillment)
    ? present
    : [...present, { tracking_number: number, tracking_url: webAddress(url), label_url: "" }]
}

async function shipFulfillment(context: EffectContext, order: LoadedOrder, fulfillment: Fulfillment): Promise<void> {
  const { container, orderId, said, done } = context
  const input = {
    order_id: orderId,
    fulfillment_id: fulfillment.id,
    items: [...fulfillmentLines(fulfillment.items, order.items)].map(([id, quantity]) => ({ id, quantity })),
    labels: labelsOf(fulfillment, said),
  }
  // a person may have packed the fulfillment earlier; its goods left these levels then
  const keys = fulfillment.items.flatMap(({ inventory_item_id: itemId }) =>
    itemId ? levelKey({ itemId, locationId: fulfillment.location_id }) : []
  )
  await recordShipmentTime(container, keys, shippedAt(said))
  const workflow = isUnmanaged(fulfillment.items, order.items) ? shipUnmanagedWorkflow : createOrderShipmentWorkflow
  await atSaidTime(container, fulfillment, "shipped_at", fulfillmentTimes(said).shipped, async () => {
    await workflow(container).run({ input })
    done.add("shipped")
  })
}

/** Whether a fulfillment is one of those that an event is about. */
type Belongs = (fulfillment: Fulfillment) => boolean

/**
 * Ships the open fulfillments, or those of one part. A fulfillment that an event shipped before gets the time that the event
 * stated, where a process died before it wrote the time. A fulfillment that a person shipped keeps its time.
 */
export async function shipOpen(context: EffectContext, belongs: Belongs = () => true): Promise<void> {
  const order = await loadOrder(context.container, context.orderId)
  for (const fulfillment of liveFulfillments(order).filter(belongs)) {
    if (fulfillment.shipped_at === null) {
      await shipFulfillment(context, order, fulfillment)
    } else if (fulfillment.marked_shipped_by === null) {
      await writeSaidTime(context.container, fulfillment, "shipped_at")
    }
  }
}

/** Fulfills and ships all goods of the order that are not shipped yet. */
export async function shipAll(context: EffectContext): Promise<void> {
  const order = await loadOrder(context.container, context.orderId)
  await fulfill(context, order, unfulfilled(order.items))
  await shipOpen(context)
}

/**
 * Finds the shipped fulfillment that a late tracking number is for: one without a label, the latest of several.
 * @param belongs whether the number may be for a fulfillment
 * @returns undefined where a fulfillment has the number already, or all have other labels
 */
export function unlabelled(fulfillments: readonly Fulfillment[], number: string, belongs: Belongs = () => true): Fulfillment | undefined {
  const shipped = fulfillments.filter((fulfillment) => fulfillment.shipped_at !== null)
  if (shipped.some((fulfillment) => carries(number, fulfillment))) {
    return undefined
  }
  const time = ({ shipped_at: shippedAt }: Fulfillment) => new Date(shippedAt ?? 0).getTime()
  return shipped
    .filter((fulfillment) => fulfillment.labels.length === 0 && belongs(fulfillment))
    .sort((one, other) => time(other) - time(one))[0]
}

/**
 * Adds a tracking number to a fulfillment that was shipped before the number was known. Where goods could not be shipped, the
 * number is theirs, and no label is added.
 */
async function labelLate(context: EffectContext, belongs?: Belongs): Promise<void> {
  const { container, orderId, said, done, undone } = context
  if (said.tracking_number === undefined || undone.length > 0) {
    return
  }
  const fulfillment = unlabelled(liveFulfillments(await loadOrder(container, orderId)), said.tracking_number, belongs)
  if (fulfillment !== undefined) {
    // Medusa's workflow takes labels, though its type does not name them
    const input = { id: fulfillment.id, labels: labelsOf(fulfillment, said) }
    await orConflict(() => updateFulfillmentWorkflow(container).run({ input }))
    done.add("labelled")
  }
}

/**
 * `order.shipped`: ships all goods that are not shipped yet, or the part that the event names (contract 6). A tracking number
 * that comes after its shipment is added to it.
 */
export const ship: Effect = async (context) => {
  const { items } = context.said
  const { fractionalQuantities: fractional } = context.container.resolve<OdooModuleService>(ODOO_MODULE).options
  if (items === undefined) {
    await shipAll(context)
    await labelLate(context)
  } else {
    const belongs = await preparePart(context, await withSkus(context.container, context.orderId, readShippedItems(items, fractional)))
    await shipOpen(context, belongs)
    await labelLate(context, belongs)
  }
}
