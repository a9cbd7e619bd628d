const { readFileSync } = require("fs")

const swc = JSON.parse(readFileSync(`${__dirname}/.swcrc`, "utf-8"))

/**
 * Which kind of test lies where; `TEST_TYPE` picks one. `installed` takes minutes, `instances` a Redis, `odoo` an Odoo with the
 * addons of the tests, `stock-odoo` one without, `clients` a Python: they run only when they are named.
 */
const TESTS = {
  unit: "<rootDir>/src/**/__tests__/**/*.spec.ts",
  modules: "<rootDir>/integration-tests/modules/**/*.spec.ts",
  // each file of its own where files are named; otherwise all of them in a few Medusas
  http: process.env.TEST_FILES === "named" ? "<rootDir>/integration-tests/{http,shards}/**/*.spec.ts" : "<rootDir>/integration-tests/shards/**/*.spec.ts",
  instances: "<rootDir>/integration-tests/instances/**/*.spec.ts",
  installed: "<rootDir>/integration-tests/installed/**/*.spec.ts",
  clients: "<rootDir>/integration-tests/clients/**/*.spec.ts",
  odoo: "<rootDir>/integration-tests/odoo/**/*.spec.ts",
  "stock-odoo": "<rootDir>/integration-tests/stock-odoo/**/*.spec.ts",
}

module.exports = {
  transform: { "^.+\\.[jt]s$": ["@swc/jest", swc] },
  testEnvironment: "<rootDir>/integration-tests/support/quick-globals-environment.js",
  moduleFileExtensions: ["js", "ts", "json"],
  modulePathIgnorePatterns: ["<rootDir>/.medusa/", "<rootDir>/.demo/"],
  setupFiles: ["<rootDir>/integration-tests/support/jest-setup.js"],
  testMatch: process.env.TEST_TYPE ? [TESTS[process.env.TEST_TYPE]] : [TESTS.unit, TESTS.modules, TESTS.http],
  reporters: ["default", "<rootDir>/integration-tests/support/progress-reporter.js"],
  // what hangs is ended; a slow machine may take its time
  testTimeout: 180_000,
  // a booted Medusa leaves memory behind, and a process that is near its limit slows down: each file gets a fresh one
  workerIdleMemoryLimit: "300MB",
}
