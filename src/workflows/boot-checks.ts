import { warnOfColumnChanges } from "../core-writes/writes-directly"
import { registerBootCheck } from "../modules/odoo/boot-checks"
import { checkReadTables } from "../read-model/medusa-tables/substitutes"
import { warnOfUnknownLocations } from "./ingest-inventory/warn-of-unknown-locations"
import { warnOfUnguardedFulfillments } from "./move-stock/guard-fulfillments"
import { noteVersion } from "./note-version"
import { openNewSweeps } from "./sweep/open-sweeps"
import { warnOfUnknownEvents } from "./warn-of-unknown-events"

registerBootCheck(noteVersion)
registerBootCheck(checkReadTables)
registerBootCheck(openNewSweeps)
registerBootCheck(warnOfColumnChanges)
registerBootCheck(warnOfUnknownLocations)
registerBootCheck(warnOfUnguardedFulfillments)
registerBootCheck(warnOfUnknownEvents)
