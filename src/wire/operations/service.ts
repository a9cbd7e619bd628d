import { statusAnswer } from "../answer-schemas/service"
import { operation } from "./operation"

/** The routes about the plugin itself (contract 2). */
export const serviceOperations = [
  operation({
    method: "get",
    path: "/odoo/status",
    scope: "read",
    tag: "Service",
    summary: "Test the connection",
    description: "What runs here, and how many events are on their way to Odoo.",
    answer: statusAnswer,
    errors: [],
    examples: {
      "all is well": {
        answer: {
          success: true,
          plugin_version: "0.1.0",
          medusa_version: "2.21.2",
          webhook: { configured: true, paused: false, waiting: 0, failed: 0, oldest_waiting_at: null },
        },
      },
    },
  }),
]
