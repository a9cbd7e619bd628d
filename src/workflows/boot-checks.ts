import { warnOfColumnChanges } from "../core-writes/writes-directly"
import { registerBootCheck } from "../modules/odoo/boot-checks"
import { checkReadTables } from "../read-model/medusa-tables/substitutes"
import { warnOfUnknownLocations } from "./ingest-inventory/warn-of-unknown-locations"
import { noteVersion } from "./note-version"

registerBootCheck(noteVersion)
registerBootCheck(checkReadTables)
registerBootCheck(warnOfColumnChanges)
registerBootCheck(warnOfUnknownLocations)
