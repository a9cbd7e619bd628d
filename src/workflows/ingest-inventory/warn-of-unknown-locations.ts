import type { BootCheck } from "../../modules/odoo/boot-checks"
import { selectUnknownLocations } from "../../read-model/inventory/select-unknown-locations"

/** Logs, at the start of Medusa, the locations in the option `odoo.locations` that the shop does not have. */
export const warnOfUnknownLocations: BootCheck = async ({ db, logger, options }) => {
  const mapped = Object.values(options.odoo.locations)
  for (const location of mapped.length === 0 ? [] : await selectUnknownLocations(db, mapped)) {
    logger.warn(
      `odoo: the option odoo.locations leads to ${location}, which is neither the id nor the name of a stock location of the shop. What Odoo says of the stock there is refused.`
    )
  }
}
