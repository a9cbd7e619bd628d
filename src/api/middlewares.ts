import { defineMiddlewares } from "@medusajs/framework/http"

import { requireAccess } from "./utils/access"
import { readBody } from "./utils/body"
import { answerUnknownPath, METHODS, requireReadablePath } from "./utils/path"
import { wireHandler } from "./utils/wire-handler"

/** Express lets paths differ in case, and so must whatever guards them. */
const EVERYTHING_UNDER_ODOO = /^\/odoo(?=\/|$)/i

/**
 * What every request under `/odoo` goes through, in this order. Medusa runs middlewares without methods before all
 * routes, and sorts a path that ends in a parameter behind them.
 */
export default defineMiddlewares({
  routes: [
    { matcher: EVERYTHING_UNDER_ODOO, bodyParser: false },
    { matcher: "/odoo", middlewares: [requireAccess, requireReadablePath, readBody].map(wireHandler) },
    { matcher: "/odoo", methods: [...METHODS], middlewares: [wireHandler(answerUnknownPath)] },
    { matcher: "/odoo/:rest(*)", methods: [...METHODS], middlewares: [wireHandler(answerUnknownPath)] },
  ],
})
