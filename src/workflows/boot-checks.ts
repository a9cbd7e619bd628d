import { warnOfColumnChanges } from "../core-writes/writes-directly"
import { registerBootCheck } from "../modules/odoo/boot-checks"
import { checkReadTables } from "../read-model/medusa-tables/substitutes"
import { warnOfUnknownLocations } from "./ingest-inventory/warn-of-unknown-locations"

registerBootCheck(checkReadTables)
registerBootCheck(warnOfColumnChanges)
registerBootCheck(warnOfUnknownLocations)
