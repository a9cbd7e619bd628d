import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { ClaimedEvent, Outcome } from "../../modules/odoo/types"
import { toError } from "../../utils/to-error"
import { mirrorLink } from "../link-record/mirror-link"
import { outcomeOf } from "./outcome"
import { postEvent } from "./post-event"

/** What a drain did. */
export type DrainResult = { delivered: number; waiting: number; failed: number }

function logOutcome(logger: Logger, event: ClaimedEvent, outcome: Outcome) {
  const what = `odoo: ${event.name} of ${event.record_kind} ${event.record_id} (event ${event.id})`
  if (outcome.status === "waiting") {
    const seconds = Math.round(outcome.retryInMs / 1000)
    logger.warn(`${what} was not delivered, next attempt in ${String(seconds)} s [${outcome.error.class}]: ${outcome.error.message}`)
  } else if (outcome.status === "failed") {
    logger.error(`${what} has failed and waits for a person [${outcome.error.class}]: ${outcome.error.message}`)
  }
}

async function deliver(container: MedusaContainer, event: ClaimedEvent, url: string, result: DrainResult): Promise<void> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  try {
    const posted = await postEvent(event, url, odoo.options.webhook)
    const outcome = outcomeOf(event, posted, odoo.options.webhook.retrySchedule)
    const { settled, link } = await odoo.settleEvent(event, posted.attempt, outcome)
    if (!settled) {
      logger.warn(`odoo: the lease of event ${event.id} ran out before its outcome was written`)
      return
    }
    result[outcome.status] += 1
    logOutcome(logger, event, outcome)
    if (link !== undefined) {
      await mirrorLink(container, event.record_kind, link)
    } else if (outcome.status === "delivered" && outcome.link !== null) {
      logger.warn(
        `odoo: ${event.record_kind} ${event.record_id} stays linked as it was, though Odoo now calls it ${outcome.link.odoo_id}: did it arrive twice?`
      )
    }
  } catch (error) {
    // the event keeps its lease and is taken again when that has run out
    logger.error(`odoo: the outcome of event ${event.id} could not be written`, toError(error))
  }
}

async function drainOnce(container: MedusaContainer, url: string): Promise<DrainResult> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const result: DrainResult = { delivered: 0, waiting: 0, failed: 0 }
  const inFlight = new Set<Promise<void>>()
  for (;;) {
    const events = await odoo.claimEvents(odoo.options.webhook.concurrency - inFlight.size)
    for (const event of events) {
      const delivery: Promise<void> = deliver(container, event, url, result).finally(() => inFlight.delete(delivery))
      inFlight.add(delivery)
    }
    if (inFlight.size === 0) {
      return result
    }
    // one that has ended makes room, and may have been what another of its record waited behind
    await Promise.race(inFlight)
  }
}

/** The drain that runs in this process, and whether it was asked for again meanwhile. */
const running = new WeakMap<OdooModuleService, { again: boolean; done: Promise<DrainResult> }>()

/**
 * Sends what is due until nothing is, as many at once as the options allow. However often it is called, one drain
 * runs in a process at a time; a call that meets a running one makes it look again before it ends.
 */
export function drainEvents(container: MedusaContainer): Promise<DrainResult> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const { url } = odoo.options.webhook
  if (url === null) {
    return Promise.resolve({ delivered: 0, waiting: 0, failed: 0 })
  }
  const current = running.get(odoo)
  if (current !== undefined) {
    current.again = true
    return current.done
  }
  const state = { again: true, done: Promise.resolve<DrainResult>({ delivered: 0, waiting: 0, failed: 0 }) }
  const run = async () => {
    const total: DrainResult = { delivered: 0, waiting: 0, failed: 0 }
    try {
      while (state.again) {
        state.again = false
        const part = await drainOnce(container, url)
        total.delivered += part.delivered
        total.waiting += part.waiting
        total.failed += part.failed
      }
      return total
    } finally {
      running.delete(odoo)
    }
  }
  state.done = run()
  running.set(odoo, state)
  return state.done
}
