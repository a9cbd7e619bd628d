import { defineConfig, loadEnv } from "@medusajs/framework/utils"

loadEnv(process.env.NODE_ENV ?? "development", process.cwd())

/** Where stock is locked, when several instances share a database: `LOCKING=redis` or `LOCKING=postgres`. */
function locking() {
  const provider = process.env.LOCKING
  if (!provider) {
    return []
  }
  const options = provider === "redis" ? { redisUrl: process.env.REDIS_URL } : {}
  const resolve = `@medusajs/medusa/locking-${provider}`
  return [
    {
      resolve: "@medusajs/medusa/locking",
      options: { providers: [{ resolve, id: `locking-${provider}`, is_default: true, options }] },
    },
  ]
}

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
    redisUrl: process.env.REDIS_URL,
    http: {
      storeCors: process.env.STORE_CORS ?? "http://localhost:8000",
      adminCors: process.env.ADMIN_CORS ?? "http://localhost:9000",
      authCors: process.env.AUTH_CORS ?? "http://localhost:9000",
      jwtSecret: process.env.JWT_SECRET ?? "development-only",
      cookieSecret: process.env.COOKIE_SECRET ?? "development-only",
    },
  },
  admin: { disable: true },
  modules: [{ resolve: "./src/modules/odoo" }, ...locking(), ...translation()],
})
