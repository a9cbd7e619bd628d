import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Link, OrderStatusField } from "../../modules/odoo/types"
import { isWireError, WireError } from "../../wire/errors"
import { odooStatusOf, statusMetadata, wasTold, type EffectName, type OrderStatusOutcome } from "../../wire/order-status"
import type { OrderEvent, OrderStatusBody } from "../../wire/schemas/order-webhooks"
import { notingRefusal } from "../change-order/note-refusal"
import { underOrderLock } from "../change-order/order-lock"
import { presentLink } from "../change-order/present-link"
import { readStanding, standingOf } from "../change-order/standing"
import { readMetadata, writeMetadata } from "../change-order/write-metadata"
import { asToldByOdoo, TOLD_BY_CANCELING } from "../change-order/told-by-odoo"
import { linkRecordWorkflow } from "../link-record/link-record"
import { cancel } from "./cancel"
import { deliver } from "./deliver"
import type { Effect, Undone } from "./effect"
import { pay } from "./pay"
import { ship } from "./ship"

export type IngestOrderStatusInput = OrderStatusBody & {
  orderId: string
  /** the idempotency key that it came with */
  key?: string | undefined
}

const SHIPPED = ["partially_fulfilled", "fulfilled", "partially_shipped", "shipped"]

const told = (field: OrderStatusField, values: readonly string[]) => values.map((value) => `${field}=${value}`)

/**
 * What each event brings about (contract 6), and what it says by that of the order, on the way too; the others only write
 * metadata.
 */
const EFFECTS: Partial<Record<OrderEvent, { effect: Effect; tells: string[] }>> = {
  "order.shipped": { effect: ship, tells: told("fulfillment_status", SHIPPED) },
  "order.delivered": { effect: deliver, tells: told("fulfillment_status", [...SHIPPED, "partially_delivered", "delivered"]) },
  "order.cancelled": { effect: cancel, tells: TOLD_BY_CANCELING },
  "order.paid": { effect: pay, tells: told("payment_status", ["partially_captured", "captured"]) },
}

function leftUndone(undone: readonly Undone[]): WireError {
  const said = undone.map(({ line_item_id: id, sku, quantity, reason }) => `${String(quantity)} of ${sku || id}: ${reason}`)
  return new WireError("CONFLICT", `Not all of it could be done (${said.join("; ")}).`, { undone })
}

/**
 * Brings about what the event is about. What was done before something was refused stays done: the same event goes on
 * from there when it is sent again.
 * @throws WireError `CONFLICT`, whose `details.effects` say what was done, and `details.undone` which goods were left
 */
async function runEffect(container: MedusaContainer, input: IngestOrderStatusInput): Promise<EffectName[]> {
  const brought = EFFECTS[input.event_type]
  if (brought === undefined) {
    return []
  }
  const { effect, tells } = brought
  const order = await readStanding(container, input.orderId)
  const standing = standingOf(order)
  if ((standing === "canceled" && effect !== cancel) || standing === "draft") {
    throw new WireError("CONFLICT", `The order is ${standing === "draft" ? "a draft" : "canceled"}: ${input.event_type} can not be applied.`, {
      status: order.status,
      effects: [],
    })
  }
  const done = new Set<EffectName>()
  const undone: Undone[] = []
  try {
    await asToldByOdoo(container, input.orderId, tells, () =>
      effect({ container, orderId: input.orderId, said: input.order, key: input.key, done, undone })
    )
    if (undone.length > 0) {
      throw leftUndone(undone)
    }
  } catch (error) {
    if (isWireError(error) && error.code === "CONFLICT") {
      const before = done.size === 0 ? "" : ` Done before that: ${[...done].join(", ")}.`
      throw new WireError("CONFLICT", `${error.message}${before}`, { ...error.details, effects: [...done] })
    }
    throw error
  }
  return [...done]
}

/** Links the order to Odoo's where the event names one and there is no link yet, or adds the name to the link. */
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
  const present = await presentLink(container, orderId, input.order.odoo_order_id)
  const effects = odoo.options.orderStatusEffects ? await runEffect(container, input) : []
  await link(container, input, present)
  const before = await readMetadata(container, orderId)
  const metadata = statusMetadata(input, before, new Date())
  await writeMetadata(container, orderId, metadata)
  // a repeat of an early event does not take back what Odoo has said since
  if (!wasTold(event, before)) {
    await odoo.noteOdooStatus("order", orderId, odooStatusOf(event))
  }
  const order = await container.resolve(Modules.ORDER).retrieveOrder(orderId, { select: ["id", "display_id"] })
  return { order, link: await presentLink(container, orderId), metadata: Object.keys(metadata), effects }
}

/** What tells one thing that Odoo says from another: parts of a shipment do not settle each other's refusals. */
function saidIn({ event_type: event, order, key }: IngestOrderStatusInput): string {
  const part = order.items === undefined ? undefined : (order.tracking_number ?? order.shipped_at ?? key)
  return part === undefined ? event : `${event} ${part}`
}

/** There is nothing to undo: what Odoo has told us stays true, and what Medusa has done is taken back by people. */
const ingestOrderStatusStep = createStep(
  "odoo-ingest-order-status-step",
  async (input: IngestOrderStatusInput, { container }) =>
    new StepResponse(
      await notingRefusal(container, input.orderId, saidIn(input), () => underOrderLock(container, input.orderId, () => ingest(container, input)))
    )
)

export const ingestOrderStatusWorkflowId = "odoo-ingest-order-status"

/** Brings an order's event from Odoo into Medusa: its effect, its metadata and Odoo's name for the order (contract 6). */
export const ingestOrderStatusWorkflow = createWorkflow(ingestOrderStatusWorkflowId, (input: IngestOrderStatusInput) => {
  return new WorkflowResponse(ingestOrderStatusStep(input))
})
