import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type { OdooOptions } from "../../modules/odoo/options"
import type OdooModuleService from "../../modules/odoo/service"
import type { ClaimedEvent, Outcome } from "../../modules/odoo/types"
import { describeError } from "../../utils/describe-error"
import { mirrorLinkUnderLock } from "../link-record/mirror-link"
import { outcomeOf } from "./outcome"
import { postEvent } from "./post-event"

/** What a drain did; all zeros for a call that left the work to one that was running. */
export type DrainResult = { delivered: number; waiting: number; failed: number }

/** Where the installed plugin keeps what `medusa exec` runs. */
const SCRIPTS = "./node_modules/medusa-plugin-odoo/.medusa/server/src/scripts"

const howToReplay = (id: string) =>
  `Once its cause is gone, send it again with POST /admin/odoo/events/${id}/replay, or: npx medusa exec ${SCRIPTS}/odoo-events.js replay ${id}`

function logOutcome(logger: Logger, event: ClaimedEvent, outcome: Outcome) {
  const what = `odoo: ${event.name} of ${event.record_kind} ${event.record_id} (event ${event.id})`
  if (outcome.status === "waiting") {
    const seconds = Math.round(outcome.retryInMs / 1000)
    const { class: failureClass, message } = outcome.failure
    logger.warn(`${what} was not delivered, next attempt in ${String(seconds)} s [${failureClass}]: ${message}`)
  } else if (outcome.status === "failed") {
    const { class: failureClass, message } = outcome.failure
    logger.error(`${what} has failed and waits for a person [${failureClass}]: ${message} ${howToReplay(event.id)}`)
  }
}

async function deliver(container: MedusaContainer, event: ClaimedEvent, url: string, result: DrainResult): Promise<void> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  try {
    const posted = await postEvent(event, url, odoo.options.webhook)
    const outcome = outcomeOf(event, posted, odoo.options.webhook.retrySchedule)
    const { status, link } = await odoo.settleEvent(event, posted.attempt, outcome)
    if (status === null) {
      logger.warn(`odoo: the lease of event ${event.id} ran out before its outcome was written`)
      return
    }
    result[status] += 1
    if (status !== "delivered") {
      logOutcome(logger, event, outcome)
    }
    if (link !== undefined) {
      await mirrorLinkUnderLock(container, event.record_kind, link).catch((error: unknown) => {
        logger.warn(`odoo: ${event.record_kind} ${event.record_id} is linked, but its metadata does not say so: ${describeError(error)}`)
      })
    } else if (outcome.status === "delivered" && outcome.link !== null) {
      logger.warn(
        `odoo: ${event.record_kind} ${event.record_id} stays linked as it was, though Odoo now calls it ${outcome.link.odoo_id}: did it arrive twice?`
      )
    }
  } catch (error) {
    // the event keeps its lease and is taken again when that has run out
    logger.error(`odoo: the outcome of event ${event.id} could not be written: ${describeError(error)}`)
  }
}

/**
 * Sends what is due until nothing is, as many events at once as the options allow. An answer that comes in makes room,
 * and may be what another event of its record waited behind; being asked again means that something new may be due.
 * After either it looks again.
 */
class Drain {
  readonly #result: DrainResult = { delivered: 0, waiting: 0, failed: 0 }
  readonly #inFlight = new Set<Promise<void>>()
  #look = true
  #wake: () => void = () => undefined

  constructor(
    private readonly container: MedusaContainer,
    private readonly url: string,
    private readonly onEnd: () => void
  ) {}

  /** Makes it look again, also while it waits for answers. */
  ask(): void {
    this.#look = true
    this.#wake()
  }

  async run(): Promise<DrainResult> {
    let failure: Error | undefined
    try {
      while (this.#look || this.#inFlight.size > 0) {
        // made before it looks, so that nothing that happens meanwhile is missed
        const asked = new Promise<void>((resolve) => (this.#wake = resolve))
        if (this.#look) {
          this.#look = false
          // what is on its way is waited for all the same, or the next drain would post beside it
          await this.#claim().catch((error: unknown) => {
            failure = error instanceof Error ? error : new Error(String(error))
          })
        }
        if (this.#inFlight.size > 0) {
          await asked
        }
      }
      if (failure !== undefined) {
        throw failure
      }
      return this.#result
    } finally {
      // in the same breath as the last look: no call can meet a drain that will not look again
      this.onEnd()
    }
  }

  async #claim(): Promise<void> {
    const odoo = this.container.resolve<OdooModuleService>(ODOO_MODULE)
    const free = odoo.options.webhook.concurrency - this.#inFlight.size
    const events = free > 0 ? await odoo.claimEvents(free) : []
    for (const event of events) {
      const delivery: Promise<void> = deliver(this.container, event, this.url, this.#result).finally(() => {
        this.#inFlight.delete(delivery)
        this.ask()
      })
      this.#inFlight.add(delivery)
    }
  }
}

/** By the options and not by the service: a workflow's step is given another wrapper around the service each time. */
const running = new WeakMap<OdooOptions, Drain>()

/**
 * Sends what is due. However often it is called, one drain runs in a process at a time; a call that meets a running
 * one makes it look again and ends at once, so that no callers pile up behind a slow Odoo.
 */
export function drainEvents(container: MedusaContainer): Promise<DrainResult> {
  const { options } = container.resolve<OdooModuleService>(ODOO_MODULE)
  const { url } = options.webhook
  const current = running.get(options)
  current?.ask()
  if (url === null || current !== undefined) {
    return Promise.resolve({ delivered: 0, waiting: 0, failed: 0 })
  }
  const drain = new Drain(container, url, () => running.delete(options))
  running.set(options, drain)
  return drain.run()
}
