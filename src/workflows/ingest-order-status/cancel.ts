import { cancelOrder } from "../change-order/change-status"
import { readStanding, standingOf } from "../change-order/standing"
import type { Effect } from "./effect"

/** `order.cancelled`: the order is canceled and its reservations are released (contract 6). */
export const cancel: Effect = async ({ container, orderId, done }) => {
  if (standingOf(await readStanding(container, orderId)) !== "canceled") {
    await cancelOrder(container, orderId)
    done.add("canceled")
  }
}
