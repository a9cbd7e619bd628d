import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Attempted, ClaimedEvent, Outcome, Settled } from "../../modules/odoo/types"
import { describeError } from "../../utils/describe-error"

/** What was written of some attempts: without those whose outcomes could not be. */
export type Written = { settled: (Attempted & { now: Settled })[]; isPaused: boolean; lost: number }

/** Where the installed plugin keeps what `medusa exec` runs. */
const SCRIPTS = "./node_modules/medusa-plugin-odoo/.medusa/server/src/scripts"

const howToReplay = (id: string) =>
  `Once its cause is gone, send it again with POST /admin/odoo/events/${id}/replay, or: npx medusa exec ${SCRIPTS}/odoo-events.js replay ${id}`

function logFailure(logger: Logger, event: ClaimedEvent, outcome: Outcome): void {
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

function logSettled(logger: Logger, { event, outcome, now }: Attempted & { now: Settled }): void {
  if (now.status === null) {
    logger.warn(`odoo: the lease of event ${event.id} ran out before its outcome was written`)
  } else if (now.status !== "delivered") {
    logFailure(logger, event, outcome)
  } else if (outcome.status === "delivered" && outcome.link !== null && now.link === undefined) {
    logger.warn(
      `odoo: ${event.record_kind} ${event.record_id} stays linked as it was, though Odoo now calls it ${outcome.link.odoo_id}: did it arrive twice?`
    )
  }
}

/**
 * Writes what came of some attempts together; where that fails, each by itself, so that one that can not be written takes
 * no other with it. That one's event keeps its lease, and is taken again when that has run out. Never throws.
 */
export async function writeOutcomes(container: MedusaContainer, attempted: readonly Attempted[]): Promise<Written> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  try {
    const { settled, isPaused } = await odoo.settleEvents(attempted)
    const written = attempted.map((each, index) => ({ ...each, now: settled[index] ?? { status: null } }))
    written.forEach((each) => {
      logSettled(logger, each)
    })
    return { settled: written, isPaused, lost: 0 }
  } catch (error) {
    const [only, ...others] = attempted
    if (only !== undefined && others.length === 0) {
      logger.error(`odoo: the outcome of event ${only.event.id} could not be written: ${describeError(error)}`)
      return { settled: [], isPaused: false, lost: 1 }
    }
  }
  const each = await Promise.all(attempted.map((one) => writeOutcomes(container, [one])))
  return {
    settled: each.flatMap(({ settled }) => settled),
    isPaused: each.some(({ isPaused }) => isPaused),
    lost: each.reduce((sum, { lost }) => sum + lost, 0),
  }
}
