import { customerSource } from "./customer-source"
import { orderSource } from "./order-source"
import type { RecordSource } from "./record-source"

/** Customers first, so that Odoo hears of who has bought before it hears of what. */
export const SOURCES: readonly RecordSource[] = [customerSource, orderSource]
