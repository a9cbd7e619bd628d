export { captureOrdersWorkflow, captureOrdersWorkflowId, type CaptureOrdersInput } from "./capture/capture-orders"
export { deliverEventsWorkflow, deliverEventsWorkflowId } from "./deliver/deliver-events"
export { ingestInventoryWorkflow, ingestInventoryWorkflowId, type IngestInventoryInput } from "./ingest-inventory/ingest-inventory"
export { linkRecordWorkflow, linkRecordWorkflowId, type LinkRecordInput } from "./link-record/link-record"
