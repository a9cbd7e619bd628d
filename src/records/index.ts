import { customerType } from "./customer"
import { orderType } from "./order"
import { registerRecordType } from "./registry"

// customers first, so that Odoo is told of a customer before the order
registerRecordType(customerType)
registerRecordType(orderType)

export { idIn, idsBy, type Hint } from "./hints"
export { defineRecordType, type RecordToCompare, type RecordType, type RecordTypeParts } from "./record-type"
export { withKnownKind } from "./known-kind"
export { recordTypeOf, recordTypes, registerRecordType, requireRecordType } from "./registry"
