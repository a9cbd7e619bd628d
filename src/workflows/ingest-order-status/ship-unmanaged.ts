import { createShipmentWorkflow, emitEventStep, registerOrderShipmentStep } from "@medusajs/medusa/core-flows"
import { FulfillmentWorkflowEvents, Modules } from "@medusajs/framework/utils"
import { createWorkflow, parallelize, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import type { FulfillmentItemSource, StockedLine } from "../../wire/fulfillment-lines"

export type ShipUnmanagedInput = {
  order_id: string
  fulfillment_id: string
  /** line items */
  items: { id: string; quantity: number }[]
  labels: { tracking_number: string; tracking_url: string; label_url: string }[]
}

/**
 * Whether Medusa's own workflow fails for a fulfillment: it looks up the stock item of each entry in the variant, and finds
 * none where the stock of the variant is no longer managed.
 */
export function isUnmanaged(items: readonly FulfillmentItemSource[], lines: readonly StockedLine[]): boolean {
  return items.some((item) => {
    const parts = lines.find((line) => line.id === item.line_item_id)?.variant?.inventory_items ?? []
    return parts.length > 0 && !parts.some((part) => part?.inventory_item_id === item.inventory_item_id)
  })
}

/** The steps of Medusa's `createOrderShipmentWorkflow`, for fulfillments for which that workflow fails. */
export const shipUnmanagedWorkflow = createWorkflow("odoo-ship-unmanaged", (input: ShipUnmanagedInput) => {
  const shipment = transform(input, ({ fulfillment_id: id, labels }) => ({ id, labels }))
  const registration = transform(input, ({ order_id, fulfillment_id, items }) => ({
    order_id,
    reference: Modules.FULFILLMENT,
    reference_id: fulfillment_id,
    items,
  }))
  parallelize(createShipmentWorkflow.runAsStep({ input: shipment }), registerOrderShipmentStep(registration))
  const data = transform(input, ({ fulfillment_id: id }) => ({ id }))
  emitEventStep({ eventName: FulfillmentWorkflowEvents.SHIPMENT_CREATED, data })
  return new WorkflowResponse(undefined)
})
