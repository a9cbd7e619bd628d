import { cancelOrder } from "../change-order/change-status"
import { readLifecycle, lifecycleStateOf } from "../change-order/order-lifecycle"
import type { Effect } from "./effect"

/** `order.cancelled`: the order is canceled and its reservations are released (contract 6). */
export const cancel: Effect = async ({ container, orderId, done }) => {
  if (lifecycleStateOf(await readLifecycle(container, orderId)) !== "canceled") {
    await cancelOrder(container, orderId)
    done.add("canceled")
  }
}
