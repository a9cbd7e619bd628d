import type { BootCheck } from "../modules/odoo/boot-checks"
import { recordTypes } from "../records"

/**
 * Logs, at the start of Medusa, the events in the option `webhook.events` that no record type has. By then, plugins and hosts have
 * registered theirs.
 */
export const warnOfUnknownEvents: BootCheck = ({ logger, options }) => {
  const known = recordTypes().flatMap(({ events }) => events)
  for (const name of options.webhook.events.filter((asked) => !known.includes(asked))) {
    logger.warn(`odoo: the option webhook.events names ${name}, which no registered record type has. There are ${known.join(", ")}.`)
  }
  return Promise.resolve()
}
