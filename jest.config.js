const { readFileSync } = require("fs")

const swc = JSON.parse(readFileSync(`${__dirname}/.swcrc`, "utf-8"))

/**
 * Which kind of test lies where; `TEST_TYPE` picks one. `installed` takes minutes, `instances` a Redis, `odoo` an Odoo: they run
 * only when they are named.
 */
const TESTS = {
  unit: "<rootDir>/src/**/__tests__/**/*.spec.ts",
  modules: "<rootDir>/integration-tests/modules/**/*.spec.ts",
  http: "<rootDir>/integration-tests/http/**/*.spec.ts",
  instances: "<rootDir>/integration-tests/instances/**/*.spec.ts",
  installed: "<rootDir>/integration-tests/installed/**/*.spec.ts",
  odoo: "<rootDir>/integration-tests/odoo/**/*.spec.ts",
}

module.exports = {
  transform: { "^.+\\.[jt]s$": ["@swc/jest", swc] },
  testEnvironment: "node",
  moduleFileExtensions: ["js", "ts", "json"],
  modulePathIgnorePatterns: ["<rootDir>/.medusa/", "<rootDir>/.demo/"],
  setupFiles: ["<rootDir>/integration-tests/support/jest-setup.js"],
  testMatch: process.env.TEST_TYPE ? [TESTS[process.env.TEST_TYPE]] : [TESTS.unit, TESTS.modules, TESTS.http],
  // what hangs is ended; a slow machine may take its time
  testTimeout: 180_000,
  // a booted Medusa leaves memory behind, and a process that is near its limit slows down: each file gets a fresh one
  workerIdleMemoryLimit: "300MB",
}
