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
import { prepareFulfillment } from "./utils/requested-fulfillment"
import { reportAsAsked } from "./utils/report-format"
import { applySyncedFilter, takeSyncedFilter } from "./utils/synced-filter"
import { wireHandler } from "./utils/wire-handler"

/** How many parts of a path Medusa's body parser is told of. Deeper paths have no route. */
const DEPTH = 6

/** A path and all below it, as matchers of the body parser: older versions of Medusa take neither an expression nor a wildcard there. */
const within = (path: string) =>
  Array.from({ length: DEPTH }, (_, depth) => [path, ...Array.from({ length: depth }, (__, part) => `:part${String(part)}`)].join("/"))

/** The plugin's routes that read their bodies themselves. */
const READS_ITS_BODY = [...within("/odoo"), ...within("/admin/odoo"), "/admin/inventory/batch-update", "/admin/inventory/reduce-stock"]

/** The plugin's routes under `/admin`, with the methods that they answer. All other methods get a 404, except OPTIONS, which browsers use. */
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
    ...READS_ITS_BODY.map((matcher) => ({ matcher, bodyParser: false as const })),
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
    { matcher: "/admin/orders/:id/fulfillments", methods: ["POST"], middlewares: [prepareFulfillment] },
    { matcher: "/admin/customers/:id", methods: ["POST"], middlewares: [takeOverNamedLink("customer")] },
    { matcher: "/store", middlewares: [dropOdooMetadata] },
    // the first middleware of a list runs before Medusa validates the query, because it has no methods; the second runs after that
    { matcher: "/admin/orders", middlewares: [takeSyncedFilter, serveLegacyAdmin("orders")] },
    { matcher: "/admin/orders", methods: ["GET"], middlewares: [applySyncedFilter("order")] },
    { matcher: "/admin/customers", middlewares: [takeSyncedFilter, serveLegacyAdmin("customers")] },
    { matcher: "/admin/customers", methods: ["GET"], middlewares: [applySyncedFilter("customer")] },
  ],
})
