import { registerTarget } from "../outbox/target"
import { webhookTarget } from "./webhook"

registerTarget(webhookTarget)
