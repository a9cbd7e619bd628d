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
    description: "Shows the versions of plugin and Medusa, and the number of events that wait to be delivered.",
    answer: statusAnswer,
    errors: [],
    examples: {
      "all is well": {
        answer: {
          success: true,
          plugin_version: "0.2.0",
          medusa_version: "2.21.2",
          webhook: { configured: true, paused: false, waiting: 0, failed: 0, oldest_waiting_at: null },
        },
      },
    },
  }),
]
