import type { Admin, AdminOrder } from "./admin"

/** What a shopkeeper does with an order, one after the other. */
type Step = "capture" | "fulfill" | "ship" | "deliver" | "cancel"

/** What becomes of orders; each is as likely as the others. */
export const PLANS: readonly [readonly Step[], ...(readonly Step[])[]] = [
  [],
  ["capture"],
  ["cancel"],
  ["capture", "fulfill", "ship"],
  ["fulfill", "ship", "deliver", "capture"],
]

const linesOf = (order: AdminOrder) => order.items.map(({ id, quantity }) => ({ id, quantity }))

/** What of a step is still to be done: a path of the admin API and its body; undefined when it is done. */
const REQUESTS: Readonly<Record<Step, (order: AdminOrder) => [string, unknown] | undefined>> = {
  capture: ({ payment_collections: collections }) => {
    const payment = collections.flatMap(({ payments }) => payments).find(({ captures }) => captures.length === 0)
    return payment && [`/admin/payments/${payment.id}/capture`, {}]
  },
  fulfill: (order) => (order.fulfillments.length > 0 ? undefined : [`/admin/orders/${order.id}/fulfillments`, { items: linesOf(order) }]),
  ship: (order) => {
    const fulfillment = order.fulfillments.find((one) => one.shipped_at === null)
    return fulfillment && [`/admin/orders/${order.id}/fulfillments/${fulfillment.id}/shipments`, { items: linesOf(order) }]
  },
  deliver: (order) => {
    const fulfillment = order.fulfillments.find((one) => one.delivered_at === null)
    return fulfillment && [`/admin/orders/${order.id}/fulfillments/${fulfillment.id}/mark-as-delivered`, {}]
  },
  cancel: (order) => (order.status === "canceled" ? undefined : [`/admin/orders/${order.id}/cancel`, {}]),
}

const TRIES = 3

/** Brings an order one step on; whether there was anything to do. */
async function take(step: Step, admin: Admin, orderId: string, triesLeft = TRIES): Promise<boolean> {
  try {
    const request = REQUESTS[step](await admin.order(orderId))
    if (request !== undefined) {
      await admin.post(...request)
    }
    return request !== undefined
  } catch (error) {
    if (triesLeft === 1) {
      throw error
    }
    return await take(step, admin, orderId, triesLeft - 1)
  }
}

/**
 * Does what is planned for an order. What a killed Medusa has left half done is looked at and tried again.
 * @returns how many changes were made
 * @throws Error with Medusa's own reason when it goes on refusing a step
 */
export async function handle(admin: Admin, orderId: string, plan: readonly Step[]): Promise<number> {
  let changes = 0
  for (const step of plan) {
    changes += (await take(step, admin, orderId)) ? 1 : 0
  }
  return changes
}
