import { registerTarget } from "../outbox/target"
import { odooTarget } from "./odoo"
import { webhookTarget } from "./webhook"

registerTarget(webhookTarget)
registerTarget(odooTarget)
