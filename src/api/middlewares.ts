import { defineMiddlewares } from "@medusajs/framework/http"

import { adminMiddleware } from "./utils/admin-handler"
import { requireAccess } from "./utils/access"
import { readBody } from "./utils/body"
import { aroundOwnFulfilment } from "./utils/fulfilment"
import { replayAnswer } from "./utils/idempotency"
import { answerUnknownPath, METHODS, requireReadablePath } from "./utils/path"
import { limitRate } from "./utils/rate-limit"
import { reportAsAsked } from "./utils/report-format"
import { applySyncedFilter, takeSyncedFilter } from "./utils/synced-filter"
import { wireHandler } from "./utils/wire-handler"

/** Express lets paths differ in case, and so must whatever guards them. */
const EVERYTHING_UNDER_ODOO = /^\/odoo(?=\/|$)/i

/** Routes of ours under `/admin`, which read their bodies themselves. */
const OURS_UNDER_ADMIN = /^\/admin\/(odoo(?=\/|$)|inventory\/(batch-update|reduce-stock)\/?$)/i

/** The same as matchers, by the methods that nothing of Medusa's answers there. OPTIONS is what a browser asks by. */
const OTHERWISE_UNANSWERED: { matcher: string; routed: string[] }[] = [
  ...["/admin/inventory/batch-update", "/admin/inventory/reduce-stock"].map((matcher) => ({ matcher, routed: ["POST"] })),
  ...["/admin/odoo", "/admin/odoo/:rest(*)"].map((matcher) => ({ matcher, routed: [] })),
]

/**
 * What every request under `/odoo` goes through, in this order. Medusa runs middlewares without methods before all
 * routes, and sorts a path that ends in a parameter behind them.
 */
export default defineMiddlewares({
  routes: [
    { matcher: EVERYTHING_UNDER_ODOO, bodyParser: false },
    { matcher: OURS_UNDER_ADMIN, bodyParser: false },
    {
      matcher: "/odoo",
      middlewares: [requireAccess, limitRate, requireReadablePath, readBody, reportAsAsked, replayAnswer].map(wireHandler),
    },
    { matcher: "/odoo", methods: [...METHODS], middlewares: [wireHandler(answerUnknownPath)] },
    { matcher: "/odoo/:rest(*)", methods: [...METHODS], middlewares: [wireHandler(answerUnknownPath)] },
    ...OTHERWISE_UNANSWERED.map(({ matcher, routed }) => ({
      matcher,
      methods: METHODS.filter((method) => method !== "OPTIONS" && !routed.some((has) => has === method)),
      middlewares: [adminMiddleware(answerUnknownPath)],
    })),
    { matcher: "/admin/orders/:id/fulfillments", methods: ["POST"], middlewares: [aroundOwnFulfilment] },
    // Medusa's own lists: without methods it runs before Medusa's validation of the query, with them after it
    { matcher: "/admin/orders", middlewares: [takeSyncedFilter] },
    { matcher: "/admin/orders", methods: ["GET"], middlewares: [applySyncedFilter("order")] },
    { matcher: "/admin/customers", middlewares: [takeSyncedFilter] },
    { matcher: "/admin/customers", methods: ["GET"], middlewares: [applySyncedFilter("customer")] },
  ],
})
