import {
  DistributedTransactionEvent,
  WorkflowManager,
  type WorkflowHandler,
  type WorkflowStepHandlerArguments,
} from "@medusajs/framework/orchestration"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "zod"
import { createOrderFulfillmentWorkflowId } from "@medusajs/medusa/core-flows"

import { underOrderLock } from "../../locks/order-lock"
import { describeError } from "../../utils/describe-error"
import { toAmount } from "../../wire/money"
import { withStockForFulfillment, isFulfilling, isReduced } from "./reconcile-order-stock"

type StepHandler = WorkflowHandler extends Map<string, infer Handler> ? Handler : never

type WorkflowWithSteps = { handlers_: Map<string, StepHandler | undefined> }

/** How long a fulfillment may take; milliseconds. After that the order's lock is released, and the order is reconciled later. */
const PATIENCE_MS = 120_000

const quantity = z.union([z.number(), z.string()]).transform((given) => toAmount(given).toNumber())

/** The part of the workflow's input that names the lines to be fulfilled. Medusa checks the rest. */
const inputSchema = z.object({ order_id: z.string(), items: z.array(z.object({ id: z.string(), quantity })) })

/** Waits until the workflow of a step has ended, with success or compensated. */
function untilEnd({ orchestrator, transaction }: WorkflowStepHandlerArguments): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      orchestrator.off(DistributedTransactionEvent.FINISH, onFinish)
    }
    const onFinish = (finished: Pick<WorkflowStepHandlerArguments, "transaction">) => {
      if (finished.transaction.transactionId === transaction.transactionId) {
        stop()
        resolve()
      }
    }
    const timer = setTimeout(() => {
      stop()
      reject(new Error("the fulfillment has not come to an end"))
    }, PATIENCE_MS)
    orchestrator.on(DistributedTransactionEvent.FINISH, onFinish)
  })
}

const warn = (container: MedusaContainer, orderId: string, error: unknown) => {
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .warn(`odoo: the stock of order ${orderId} could not be prepared for its fulfillment: ${describeError(error)}`)
}

/**
 * Prepares the stock for a fulfillment. Goods that left the stock with a reduction before are put back and reserved, because
 * Medusa fulfills only goods in stock. When the workflow has ended, the order is reconciled again. Where the preparation
 * fails, the fulfillment runs on the stock as it is.
 */
async function prepare(step: WorkflowStepHandlerArguments): Promise<void> {
  const { container } = step
  const input = inputSchema.safeParse(step.payload)
  if (!input.success || isFulfilling(input.data.order_id)) {
    return
  }
  const { order_id: orderId, items } = input.data
  const planned = new Map(items.map((item) => [item.id, item.quantity]))
  const fulfill = (prepared: () => void) =>
    underOrderLock(container, orderId, () =>
      withStockForFulfillment(container, orderId, planned, () => {
        prepared()
        return untilEnd(step)
      })
    )
  try {
    if (await isReduced(container, orderId)) {
      await new Promise<void>((resolve) => {
        void fulfill(resolve)
          .catch((error: unknown) => {
            warn(container, orderId, error)
          })
          .then(resolve)
      })
    }
  } catch (error) {
    warn(container, orderId, error)
  }
}

/**
 * Prepares every fulfillment of an order, whether it is made by the dashboard, another plugin or a workflow. Medusa's workflow
 * has no hook before its first step, so the first step's handler is wrapped.
 */
function guardFulfillments(): void {
  const workflow = (WorkflowManager as { getWorkflow(id: string): WorkflowWithSteps | undefined }).getWorkflow(createOrderFulfillmentWorkflowId)
  for (const [name, handler] of workflow?.handlers_ ?? []) {
    // a step that was renamed leaves an entry without a handler under its first name
    if (handler !== undefined) {
      workflow?.handlers_.set(name, {
        ...handler,
        invoke: async (step) => {
          await prepare(step)
          return await handler.invoke(step)
        },
      })
      return
    }
  }
}

guardFulfillments()
