import "./boot-checks"

export { captureCustomersWorkflow, captureCustomersWorkflowId, type CaptureCustomersInput } from "./capture/capture-customers"
export { captureOrdersWorkflow, captureOrdersWorkflowId, type CaptureOrdersInput } from "./capture/capture-orders"
export { patchOrderWorkflow, patchOrderWorkflowId, type PatchOrderInput } from "./change-order/patch-order"
export { syncOrderWorkflow, syncOrderWorkflowId, type SyncOrderInput } from "./change-order/sync-order"
export { compareInventoryWorkflow, compareInventoryWorkflowId } from "./compare-inventory/compare-inventory"
export type { CompareInventoryInput } from "./compare-inventory/compare-items"
export { deliverEventsWorkflow, deliverEventsWorkflowId } from "./deliver/deliver-events"
export { ingestInventory, ingestInventoryWorkflow, ingestInventoryWorkflowId } from "./ingest-inventory/ingest-inventory"
export type { IngestInventoryInput } from "./ingest-inventory/resolve-items"
export {
  ingestOrderStatusWorkflow,
  ingestOrderStatusWorkflowId,
  type IngestOrderStatusInput,
} from "./ingest-order-status/ingest-order-status"
export { linkRecordWorkflow, linkRecordWorkflowId, type LinkRecordInput } from "./link-record/link-record"
export { adoptStockRecordsWorkflow, adoptStockRecordsWorkflowId, type AdoptStockRecordsInput } from "./stock-records/adopt-stock-records"
export { deleteProductWorkflow, deleteProductWorkflowId, type DeleteProductInput } from "./ingest-products/delete-product"
export {
  ingestProductWebhookWorkflow,
  ingestProductWebhookWorkflowId,
  type IngestProductWebhookInput,
} from "./ingest-products/ingest-product-webhook"
export { ingestProductsWorkflow, ingestProductsWorkflowId, type IngestProductsInput } from "./ingest-products/ingest-products"
export { sweepWorkflow, sweepWorkflowId } from "./sweep/sweep-workflow"
