import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Link, OrderStatusField } from "../../modules/odoo/types"
import { isWireError, WireError } from "../../wire/errors"
import { odooStatusOf, remarksSaid, statusMetadata, wasTold, type EffectName, type OrderStatusOutcome, type Remarks } from "../../wire/order-status-event"
import type { OrderEvent, OrderStatusBody } from "../../wire/schemas/order-webhooks"
import { notingRefusal } from "../change-order/note-refusal"
import { underOrderLock } from "../../locks/order-lock"
import { presentLink } from "../change-order/present-link"
import { readLifecycle, lifecycleStateOf } from "../change-order/order-lifecycle"
import { readMetadata, writeMetadata } from "../change-order/write-metadata"
import { withEchoSuppressed, ECHOES_OF_CANCELING } from "../change-order/echo-suppression"
import { linkRecordWorkflow } from "../link-record/link-record"
import { cancel } from "./cancel"
import { markDelivered } from "./mark-delivered"
import type { Effect, Undone } from "./effect"
import { pay } from "./pay"
import { ship } from "./ship"

export type IngestOrderStatusInput = OrderStatusBody & {
  orderId: string
  /** the idempotency key of the request */
  key?: string | undefined
}

const SHIPPED = ["partially_fulfilled", "fulfilled", "partially_shipped", "shipped"]

const echoesOf = (field: OrderStatusField, values: readonly string[]) => values.map((value) => `${field}=${value}`)

/**
 * The effect of each event (contract 6), and the statuses that the order passes through by it, which are not told back to
 * Odoo. Events without an effect only write metadata.
 */
const EFFECTS: Partial<Record<OrderEvent, { effect: Effect; echoes: string[] }>> = {
  "order.shipped": { effect: ship, echoes: echoesOf("fulfillment_status", SHIPPED) },
  "order.delivered": { effect: markDelivered, echoes: echoesOf("fulfillment_status", [...SHIPPED, "partially_delivered", "delivered"]) },
  "order.cancelled": { effect: cancel, echoes: ECHOES_OF_CANCELING },
  "order.paid": { effect: pay, echoes: echoesOf("payment_status", ["partially_captured", "captured"]) },
}

function leftUndone(undone: readonly Undone[]): WireError {
  const said = undone.map(({ line_item_id: id, sku, quantity, reason }) => `${String(quantity)} of ${sku || id}: ${reason}`)
  return new WireError("CONFLICT", `Not all of it could be done (${said.join("; ")}).`, { undone })
}

/**
 * Carries out the effect of the event. Changes that were made before a refusal stay, and a repeat of the event continues after
 * them.
 * @throws WireError `CONFLICT`, with the changes made in `details.effects`, and the goods left in `details.undone`
 */
async function runEffect(container: MedusaContainer, input: IngestOrderStatusInput, remarks: Remarks): Promise<EffectName[]> {
  const entry = EFFECTS[input.event_type]
  if (entry === undefined) {
    return []
  }
  const { effect, echoes } = entry
  const order = await readLifecycle(container, input.orderId)
  const state = lifecycleStateOf(order)
  if ((state === "canceled" && effect !== cancel) || state === "draft") {
    throw new WireError("CONFLICT", `The order is ${state === "draft" ? "a draft" : "canceled"}: ${input.event_type} can not be applied.`, {
      status: order.status,
      effects: [],
    })
  }
  const done = new Set<EffectName>()
  const undone: Undone[] = []
  try {
    await withEchoSuppressed(container, input.orderId, echoes, () =>
      effect({ container, orderId: input.orderId, said: input.order, key: input.key, done, undone, remarks })
    )
    if (undone.length > 0) {
      throw leftUndone(undone)
    }
  } catch (error) {
    if (isWireError(error) && error.code === "CONFLICT") {
      const before = done.size === 0 ? "" : ` Done before that: ${[...done].join(", ")}.`
      throw new WireError("CONFLICT", `${error.message}${before}`, { ...error.details, effects: [...done], ...remarksSaid(remarks) })
    }
    throw error
  }
  return [...done]
}

/** Links the order to the sale order that the event names, where it has no link yet, or updates the name in its link. */
async function link(container: MedusaContainer, input: IngestOrderStatusInput, present: Link | null): Promise<void> {
  const { odoo_order_id: odooId, odoo_order_name: odooName = null } = input.order
  const isNew = odooId !== undefined && present === null
  const namesAnew = present !== null && odooName !== null && odooName !== present.odoo_name
  if (isNew || namesAnew) {
    await linkRecordWorkflow(container).run({
      input: { kind: "order", recordId: input.orderId, odooId: odooId ?? present?.odoo_id ?? "", odooName, syncedAt: null, force: false },
    })
  }
}

async function ingest(container: MedusaContainer, input: IngestOrderStatusInput): Promise<OrderStatusOutcome> {
  const { orderId, event_type: event } = input
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const remarks: Remarks = { failed: [], surplus: [] }
  const present = await presentLink(container, orderId, input.order.odoo_order_id)
  const effects = odoo.options.orderStatusEffects ? await runEffect(container, input, remarks) : []
  await link(container, input, present)
  const before = await readMetadata(container, orderId)
  const metadata = statusMetadata(input, before, new Date())
  await writeMetadata(container, orderId, metadata)
  // a repeat of an early event must not overwrite a later status
  if (!wasTold(event, before)) {
    await odoo.links.noteStatus("order", orderId, odooStatusOf(event))
  }
  const order = await container.resolve(Modules.ORDER).retrieveOrder(orderId, { select: ["id", "display_id"] })
  return { order, link: await presentLink(container, orderId), metadata: Object.keys(metadata), effects, remarks }
}

/** The key of the refusal of an event. Parts of a shipment have keys of their own, so that one does not settle another's refusal. */
function saidIn({ event_type: event, order, key }: IngestOrderStatusInput): string {
  const part = order.items === undefined ? undefined : (order.tracking_number ?? order.shipped_at ?? key)
  return part === undefined ? event : `${event} ${part}`
}

/** No compensation: Odoo's event stays true, and only a person may undo its changes in Medusa. */
const ingestOrderStatusStep = createStep(
  "odoo-ingest-order-status-step",
  async (input: IngestOrderStatusInput, { container }) =>
    new StepResponse(
      await notingRefusal(container, input.orderId, saidIn(input), () => underOrderLock(container, input.orderId, () => ingest(container, input)))
    )
)

export const ingestOrderStatusWorkflowId = "odoo-ingest-order-status"

/** Carries out an order event of Odoo's: its effect, its metadata and the link of the order (contract 6). */
export const ingestOrderStatusWorkflow = createWorkflow(ingestOrderStatusWorkflowId, (input: IngestOrderStatusInput) => {
  return new WorkflowResponse(ingestOrderStatusStep(input))
})
