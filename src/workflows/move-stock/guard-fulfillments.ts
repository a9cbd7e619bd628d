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

import type { BootCheck } from "../../modules/odoo/boot-checks"
import { underOrderLock } from "../../locks/order-lock"
import { describeError } from "../../utils/describe-error"
import { MEDUSA_VERSION } from "../../utils/versions"
import { toAmount } from "../../wire/money"
import { withStockForFulfillment, isFulfilling, isReduced } from "./reconcile-order-stock"

type StepHandler = WorkflowHandler extends Map<string, infer Handler> ? Handler : never

/** The part of Medusa's workflow that its types do not promise: the handlers of its steps. */
type WorkflowWithSteps = { handlers_?: Map<string, StepHandler | undefined> }

/** How long a fulfillment may take; milliseconds. After that the order's lock is released, and the order is reconciled later. */
const PATIENCE_MS = 120_000

const quantity = z.union([z.number(), z.string()]).transform((given) => toAmount(given).toNumber())

/** The part of the workflow's input that names the lines to be fulfilled. Medusa checks the rest. */
const inputSchema = z.object({ order_id: z.string(), items: z.array(z.object({ id: z.string(), quantity })) })

/**
 * Waits for the end of a fulfillment.
 * @param listen calls its argument at the end; it returns how to stop listening
 */
function untilEnd(listen: (end: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(new Error("the fulfillment has not come to an end"))
    }, PATIENCE_MS)
    const stop = listen(() => {
      clearTimeout(timer)
      stop()
      resolve()
    })
  })
}

/** Waits until the workflow of a step has ended, with success or compensated. */
const untilWorkflowEnds = ({ orchestrator, transaction }: WorkflowStepHandlerArguments) => () =>
  untilEnd((end) => {
    const onFinish = (finished: Pick<WorkflowStepHandlerArguments, "transaction">) => {
      if (finished.transaction.transactionId === transaction.transactionId) {
        end()
      }
    }
    orchestrator.on(DistributedTransactionEvent.FINISH, onFinish)
    return () => orchestrator.off(DistributedTransactionEvent.FINISH, onFinish)
  })

const warn = (container: MedusaContainer, orderId: string, error: unknown) => {
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .warn(`odoo: the stock of order ${orderId} could not be prepared for its fulfillment: ${describeError(error)}`)
}

/**
 * Prepares the stock for a fulfillment. Goods that left the stock with a reduction before are put back and reserved, because
 * Medusa fulfills only goods in stock. When the fulfillment has ended, the order is reconciled again. Where the preparation
 * fails, the fulfillment runs on the stock as it is.
 * @param given the input of the fulfillment, of which Medusa has checked nothing yet
 * @param ended waits for the end of the fulfillment
 */
async function prepare(container: MedusaContainer, given: unknown, ended: () => Promise<void>): Promise<void> {
  const input = inputSchema.safeParse(given)
  if (!input.success || isFulfilling(input.data.order_id)) {
    return
  }
  const { order_id: orderId, items } = input.data
  const planned = new Map(items.map((item) => [item.id, item.quantity]))
  const fulfill = (prepared: () => void) =>
    underOrderLock(container, orderId, () =>
      withStockForFulfillment(container, orderId, planned, () => {
        prepared()
        return ended()
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

const handlersOfSteps = () =>
  (WorkflowManager as { getWorkflow(id: string): WorkflowWithSteps | undefined }).getWorkflow(createOrderFulfillmentWorkflowId)?.handlers_

/** The first step of the workflow. A step that was renamed leaves an entry without a handler under its first name. */
const firstStep = () => [...(handlersOfSteps() ?? [])].flatMap(([name, handler]) => (handler === undefined ? [] : [{ name, handler }]))[0]

/** The handlers that prepare the stock. */
const guards = new WeakSet<StepHandler>()

/**
 * Prepares every fulfillment of an order, whether it is made by the dashboard, another plugin or a workflow. Medusa's workflow
 * has no hook before its first step, so the first step's handler is wrapped. Where that can not be reached, nothing is wrapped.
 * @returns takes the wrapper off
 */
export function guardFulfillments(): () => void {
  const first = firstStep()
  if (first === undefined) {
    return () => undefined
  }
  const { name, handler } = first
  const guard: StepHandler = {
    ...handler,
    invoke: async (step) => {
      await prepare(step.container, step.payload, untilWorkflowEnds(step))
      return await handler.invoke(step)
    },
  }
  guards.add(guard)
  handlersOfSteps()?.set(name, guard)
  return () => handlersOfSteps()?.set(name, handler)
}

/** Whether the workflow itself prepares the stock, whoever runs it. */
function isGuarded(): boolean {
  const first = firstStep()
  return first !== undefined && guards.has(first.handler)
}

/**
 * Prepares a fulfillment that is requested of Medusa's API, where the workflow itself does not.
 * @param given the input of the fulfillment
 * @param answered waits until the request is answered
 */
export async function prepareRequested(container: MedusaContainer, given: unknown, answered: () => Promise<void>): Promise<void> {
  if (isGuarded()) {
    return
  }
  await prepare(container, given, () =>
    untilEnd((end) => {
      void answered().then(end)
      return () => undefined
    })
  )
}

/** Logs, at the start of Medusa, that only fulfillments which are requested of Medusa's API are prepared. */
export const warnOfUnguardedFulfillments: BootCheck = ({ logger }) => {
  if (!isGuarded()) {
    logger.warn(
      `odoo: the steps of Medusa's fulfillments can not be reached in Medusa ${MEDUSA_VERSION}. Goods that Odoo has taken out of the stock are put back for fulfillments that the dashboard or a program requests of Medusa's API, and not for those of other plugins and workflows.`
    )
  }
  return Promise.resolve()
}

export const unguardFulfillments = guardFulfillments()
