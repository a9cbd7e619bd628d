import { defineMiddlewares } from "@medusajs/framework/http"

import { answerOtherMethod } from "./utils/admin-handler"
import { requireAccess } from "./utils/access"
import { readBody } from "./utils/body"
import { replayAnswer } from "./utils/idempotency"
import { answerUnknownPath, METHODS, requireReadablePath } from "./utils/path"
import { limitRate } from "./utils/rate-limit"
import { applySyncedFilter, takeSyncedFilter } from "./utils/synced-filter"
import { wireHandler } from "./utils/wire-handler"

/** Express lets paths differ in case, and so must whatever guards them. */
const EVERYTHING_UNDER_ODOO = /^\/odoo(?=\/|$)/i

/** Routes of ours under `/admin`, which read their bodies themselves. */
const JANUARYS_ROUTES = /^\/admin\/inventory\/(batch-update|reduce-stock)\/?$/i

/**
 * What every request under `/odoo` goes through, in this order. Medusa runs middlewares without methods before all
 * routes, and sorts a path that ends in a parameter behind them.
 */
export default defineMiddlewares({
  routes: [
    { matcher: EVERYTHING_UNDER_ODOO, bodyParser: false },
    { matcher: JANUARYS_ROUTES, bodyParser: false },
    {
      matcher: "/odoo",
      middlewares: [requireAccess, limitRate, requireReadablePath, readBody, replayAnswer].map(wireHandler),
    },
    { matcher: "/odoo", methods: [...METHODS], middlewares: [wireHandler(answerUnknownPath)] },
    { matcher: "/odoo/:rest(*)", methods: [...METHODS], middlewares: [wireHandler(answerUnknownPath)] },
    ...["/admin/inventory/batch-update", "/admin/inventory/reduce-stock"].map((matcher) => ({
      matcher,
      methods: METHODS.filter((method) => method !== "POST" && method !== "OPTIONS"),
      middlewares: [answerOtherMethod],
    })),
    // Medusa's own lists: without methods it runs before Medusa's validation of the query, with them after it
    { matcher: "/admin/orders", middlewares: [takeSyncedFilter] },
    { matcher: "/admin/orders", methods: ["GET"], middlewares: [applySyncedFilter("order")] },
    { matcher: "/admin/customers", middlewares: [takeSyncedFilter] },
    { matcher: "/admin/customers", methods: ["GET"], middlewares: [applySyncedFilter("customer")] },
  ],
})
