import { defineMiddlewares } from "@medusajs/framework/http"

import { adminMiddleware } from "./utils/admin-handler"
import { requireAccess, requireScope, requireScopeOfBody } from "./utils/access"
import { readBody } from "./utils/body"
import { noteContext } from "./utils/change-context"
import { replayAnswer } from "./utils/idempotency"
import { serveLegacyAdmin } from "./utils/legacy-admin"
import { dropOdooMetadata, takeOverNamedLink } from "./utils/named-links"
import { answerUnknownPath, METHODS, requireReadablePath } from "./utils/path"
import { limitRate } from "./utils/rate-limit"
import { reportAsAsked } from "./utils/report-format"
import { applySyncedFilter, takeSyncedFilter } from "./utils/synced-filter"
import { wireHandler } from "./utils/wire-handler"

/** Express matches paths in any case, so the guard of the paths does too. */
const EVERYTHING_UNDER_ODOO = /^\/odoo(?=\/|$)/i

/** The plugin's routes under `/admin`, which read their bodies themselves. */
const OURS_UNDER_ADMIN = /^\/admin\/(odoo(?=\/|$)|inventory\/(batch-update|reduce-stock)\/?$)/i

/** The same routes as matchers, with the methods that they answer. All other methods get a 404, except OPTIONS, which browsers use. */
const UNROUTED: { matcher: string; routed: string[] }[] = [
  ...["/admin/inventory/batch-update", "/admin/inventory/reduce-stock"].map((matcher) => ({ matcher, routed: ["POST"] })),
  ...["/admin/odoo", "/admin/odoo/:rest(*)"].map((matcher) => ({ matcher, routed: [] })),
]

/**
 * The middlewares, in the order in which a request passes through them. Medusa runs middlewares without methods before all routes,
 * and sorts a path that ends in a parameter behind the routes.
 */
export default defineMiddlewares({
  routes: [
    { matcher: EVERYTHING_UNDER_ODOO, bodyParser: false },
    { matcher: OURS_UNDER_ADMIN, bodyParser: false },
    // before all others, because the other middlewares can change records too
    { matcher: "/odoo", middlewares: [noteContext("odoo")] },
    { matcher: "/admin", middlewares: [noteContext("admin")] },
    { matcher: "/store", middlewares: [noteContext("store")] },
    {
      matcher: "/odoo",
      middlewares: [
        requireAccess,
        limitRate,
        requireReadablePath,
        requireScope,
        readBody,
        requireScopeOfBody,
        reportAsAsked,
        replayAnswer,
      ].map(wireHandler),
    },
    { matcher: "/odoo", methods: [...METHODS], middlewares: [wireHandler(answerUnknownPath)] },
    { matcher: "/odoo/:rest(*)", methods: [...METHODS], middlewares: [wireHandler(answerUnknownPath)] },
    ...UNROUTED.map(({ matcher, routed }) => ({
      matcher,
      methods: METHODS.filter((method) => method !== "OPTIONS" && !routed.some((has) => has === method)),
      middlewares: [adminMiddleware(answerUnknownPath)],
    })),
    { matcher: "/admin/orders/:id", methods: ["POST"], middlewares: [takeOverNamedLink("order")] },
    { matcher: "/admin/customers/:id", methods: ["POST"], middlewares: [takeOverNamedLink("customer")] },
    { matcher: "/store", middlewares: [dropOdooMetadata] },
    // the first middleware of a list runs before Medusa validates the query, because it has no methods; the second runs after that
    { matcher: "/admin/orders", middlewares: [takeSyncedFilter, serveLegacyAdmin("orders")] },
    { matcher: "/admin/orders", methods: ["GET"], middlewares: [applySyncedFilter("order")] },
    { matcher: "/admin/customers", middlewares: [takeSyncedFilter, serveLegacyAdmin("customers")] },
    { matcher: "/admin/customers", methods: ["GET"], middlewares: [applySyncedFilter("customer")] },
  ],
})
