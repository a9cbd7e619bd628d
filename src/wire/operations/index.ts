import { adminOperations } from "./admin"
import { customerOperations } from "./customers"
import { inventoryOperations } from "./inventory"
import type { Operation } from "./operation"
import { orderWebhookOperations } from "./order-webhooks"
import { orderOperations } from "./orders"
import { productOperations } from "./products"
import { serviceOperations } from "./service"
import { webhookOperations } from "./webhooks"

/** Every route of the wire. The API's description, its examples and the tests of bad input are made from this list. */
export const OPERATIONS: readonly Operation[] = [
  ...orderOperations,
  ...customerOperations,
  ...productOperations,
  ...inventoryOperations,
  ...orderWebhookOperations,
  ...webhookOperations,
  ...serviceOperations,
  ...adminOperations,
]
