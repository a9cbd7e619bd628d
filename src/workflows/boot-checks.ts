import { warnOfColumnChanges } from "../core-writes/writes-directly"
import { registerBootCheck } from "../modules/odoo/boot-checks"
import { warnOfUnknownLocations } from "./ingest-inventory/warn-of-unknown-locations"
import { openNewSweeps } from "./sweep/open-sweeps"

registerBootCheck(openNewSweeps)
registerBootCheck(warnOfColumnChanges)
registerBootCheck(warnOfUnknownLocations)
