import { defineConfig, loadEnv, Modules } from "@medusajs/framework/utils"
import { join } from "path"

loadEnv(process.env.NODE_ENV ?? "development", process.cwd())

const redisUrl = process.env.REDIS_URL

/** Tells apart the shops that share a Redis. */
const prefix = process.env.REDIS_PREFIX ?? "medusa"

/** The queues of one shop. */
const queues = { queueOptions: { prefix }, workerOptions: { prefix } }

/** Where stock is locked, when several instances share a database: `LOCKING=redis` or `LOCKING=postgres`. */
function locking() {
  const provider = process.env.LOCKING
  if (!provider) {
    return []
  }
  const options = provider === "redis" ? { redisUrl, namespace: `${prefix}_lock:` } : {}
  const resolve = `@medusajs/medusa/locking-${provider}`
  return [
    {
      resolve: "@medusajs/medusa/locking",
      options: { providers: [{ resolve, id: `locking-${provider}`, is_default: true, options }] },
    },
  ]
}

/** Who carries Medusa's events: `EVENT_BUS=redis` for several instances, `EVENT_BUS=none` for a test that loses them all. */
function eventBus() {
  switch (process.env.EVENT_BUS) {
    case "redis":
      return [{ resolve: "@medusajs/medusa/event-bus-redis", options: { redisUrl, ...queues } }]
    case "none":
      return [{ key: Modules.EVENT_BUS, resolve: join(__dirname, "integration-tests", "support", "dropping-event-bus") }]
    default:
      return []
  }
}

/** Who runs workflows and jobs: `WORKFLOW_ENGINE=redis` for several instances. */
const workflowEngine = () =>
  process.env.WORKFLOW_ENGINE === "redis"
    ? [{ resolve: "@medusajs/medusa/workflow-engine-redis", options: { redis: { redisUrl, ...queues } } }]
    : []

/** Tests sign in often, and with passwords that guard nothing: theirs are hashed with the least work, not with the usual. */
const signIn = () =>
  process.env.NODE_ENV === "test"
    ? [
        {
          resolve: "@medusajs/medusa/auth",
          options: {
            providers: [{ resolve: "@medusajs/medusa/auth-emailpass", id: "emailpass", options: { hashConfig: { logN: 1, r: 8, p: 1 } } }],
          },
        },
      ]
    : []

/** Medusa's own texts in other languages: `MEDUSA_FF_TRANSLATION=true` switches on the feature, which needs its module. */
const translation = () =>
  process.env.MEDUSA_FF_TRANSLATION === "true" ? [{ resolve: "@medusajs/medusa/translation" }] : []

/**
 * Runs this repository as a Medusa application of its own, for development, the demo and the tests.
 * A shop does not use this file: it names the plugin under `plugins` in its own medusa-config.ts.
 *
 * The module is listed by its path, because Medusa loads `src/{api,subscribers,jobs,workflows}` of the
 * working directory as the application's own. The plugin itself must not be listed here, or all loads twice.
 * Its options all come from the environment.
 */
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    redisUrl,
    http: {
      storeCors: process.env.STORE_CORS ?? "http://localhost:8000",
      adminCors: process.env.ADMIN_CORS ?? "http://localhost:9000",
      authCors: process.env.AUTH_CORS ?? "http://localhost:9000",
      jwtSecret: process.env.JWT_SECRET ?? "development-only",
      cookieSecret: process.env.COOKIE_SECRET ?? "development-only",
    },
  },
  admin: { disable: true },
  // the benchmark compares with a route of a plugin that does nothing
  plugins: process.env.BENCH_PLUGIN ? [process.env.BENCH_PLUGIN] : [],
  modules: [{ resolve: "./src/modules/odoo" }, ...locking(), ...eventBus(), ...workflowEngine(), ...signIn(), ...translation()],
})
