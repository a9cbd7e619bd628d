import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import type { Attempted, ClaimedDelivery, Destination, DestinationState, Outcome, DeliveryAfter } from "../modules/odoo/types"
import { describeError } from "../utils/describe-error"

/** The attempts whose outcomes were written, and how many outcomes could not be written (`lost`). */
export type Written = { deliveries: (Attempted & { now: DeliveryAfter })[]; isPaused: boolean; isDown: boolean; lost: number }

/** The folder of the scripts for `medusa exec` in the installed plugin. */
const SCRIPTS = "./node_modules/medusa-plugin-odoo/.medusa/server/src/scripts"

const howToReplay = ({ event_id: id, destination_id: destination }: ClaimedDelivery) =>
  `Once its cause is gone, send it again with POST /admin/odoo/events/${id}/replay {"destination":"${destination}"}, or: npx medusa exec ${SCRIPTS}/odoo-events.js -- replay ${id} --destination ${destination}`

function logFailure(logger: Logger, delivery: ClaimedDelivery, outcome: Outcome): void {
  const what = `odoo: ${delivery.name} of ${delivery.record_kind} ${delivery.record_id} (event ${delivery.event_id})`
  if (outcome.status === "waiting") {
    if (outcome.isHeld === true && delivery.attempts > 0) {
      // the reason was logged when the delivery was held
      return
    }
    const seconds = Math.round(outcome.retryInMs / 1000)
    const { class: failureClass, message } = outcome.failure
    logger.warn(`${what} was not delivered to ${delivery.destination_id}, next attempt in ${String(seconds)} s [${failureClass}]: ${message}`)
  } else if (outcome.status === "failed") {
    const { class: failureClass, message } = outcome.failure
    logger.error(
      `${what} has failed at ${delivery.destination_id} and waits for a person [${failureClass}]: ${message} ${howToReplay(delivery)}`
    )
  }
}

function logDelivery(logger: Logger, { delivery, outcome, now }: Attempted & { now: DeliveryAfter }): void {
  if (now.status === null) {
    logger.warn(`odoo: the lease of event ${delivery.event_id} ran out before its outcome was written`)
  } else if (now.status !== "delivered") {
    logFailure(logger, delivery, outcome)
  } else if (outcome.status === "delivered" && outcome.link !== null && now.link === undefined) {
    logger.warn(
      `odoo: ${delivery.record_kind} ${delivery.record_id} stays linked as it was, though Odoo now calls it ${outcome.link.odoo_id}: did it arrive twice?`
    )
  }
}

/** Logs once that a destination is down, and once that it is up again. */
function logTurn(logger: Logger, destination: Destination, { turn }: DestinationState): void {
  if (turn?.to === "down") {
    logger.error(
      `odoo: the destination ${destination.id} does not answer. It is tried again every few minutes. What waits for it goes on by itself once it answers.`
    )
  } else if (turn?.to === "up") {
    logger.info(`odoo: the destination ${destination.id} answers again. ${String(turn.revived)} deliveries that had failed are sent again.`)
  }
}

/**
 * Writes the outcomes of some attempts at a destination together. Where that fails, each is written by itself, so that one failure
 * loses no other outcome. A delivery whose outcome is lost keeps its lease, and is claimed again when the lease has expired.
 * Never throws.
 */
export async function writeOutcomes(container: MedusaContainer, destination: Destination, attempted: readonly Attempted[]): Promise<Written> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  try {
    const { deliveries, destination: state } = await odoo.outbox.write(destination.id, attempted)
    deliveries.forEach((each) => {
      logDelivery(logger, each)
    })
    logTurn(logger, destination, state)
    return { deliveries, isPaused: state.isPaused, isDown: state.isDown, lost: 0 }
  } catch (error) {
    const [only, ...others] = attempted
    if (only !== undefined && others.length === 0) {
      logger.error(`odoo: the outcome of event ${only.delivery.event_id} could not be written: ${describeError(error)}`)
      return { deliveries: [], isPaused: false, isDown: false, lost: 1 }
    }
  }
  const each = await Promise.all(attempted.map((one) => writeOutcomes(container, destination, [one])))
  return {
    deliveries: each.flatMap(({ deliveries }) => deliveries),
    isPaused: each.some(({ isPaused }) => isPaused),
    isDown: each.some(({ isDown }) => isDown),
    lost: each.reduce((sum, { lost }) => sum + lost, 0),
  }
}
