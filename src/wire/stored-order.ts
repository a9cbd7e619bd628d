import type { FulfillmentSource, PaymentSource } from "./order-detail"
import type { OrderItemSource, OrderSource } from "./order-document"
import type { PricedLine, PricedMethod, PricedOrder } from "./order-totals"

/** The members of an order that Medusa calculates. */
type Calculated = "payment_status" | "fulfillment_status" | "tax_total" | "discount_subtotal" | "credit_line_total" | "total"

/** A line as it is stored. */
export type StoredLine = PricedLine & { detail: { fulfilled_quantity: string } } &
  Omit<OrderItemSource, keyof PricedLine | "subtotal" | "discount_subtotal" | "tax_total" | "total">

/** A shipping method as it is stored. */
export type StoredMethod = PricedMethod & { id: string; name: string }

/** A payment collection as it is stored; its payments are read for the single order alone. */
export type StoredCollection = {
  status: string
  amount: string
  captured_amount: string | null
  refunded_amount: string | null
  payments?: PaymentSource[]
}

/** A fulfillment as it is stored; what it holds is read for the single order alone. */
export type StoredFulfillment = FulfillmentSource & { packed_at: string | null }

/** An order in its present version as it is stored, with its relations and nothing that Medusa calculates. */
export type StoredOrder = PricedOrder<StoredLine, StoredMethod> &
  Omit<OrderSource, Calculated | "items" | "shipping_methods"> & {
    /** increases with every change of lines, shipping, fulfillments, returns and credits */
    version: number
    payment_collections: StoredCollection[]
    /** the credits with which the order was placed; read for the single order alone */
    first_credits?: (string | null)[]
    fulfillments: StoredFulfillment[]
  }

/** The data from which the statuses of an order are derived. */
export type StatusSource = Pick<StoredOrder, "currency_code" | "payment_collections" | "fulfillments"> & {
  items: readonly { quantity: string; detail: { fulfilled_quantity: string } }[]
}
