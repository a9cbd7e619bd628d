import { OPERATIONS } from "../../src/wire/operations"
import { wrongInAnswer } from "../support/api-document"
import { ApiCaller, callOf, makeExampleRecords, withIdsOf, type ExampleIds } from "../support/api-caller"
import { shopSuite } from "../support/suite"

const EXAMPLES = OPERATIONS.flatMap((operation) =>
  Object.entries(operation.examples).map(([name, example]) => [`${operation.method.toUpperCase()} ${operation.path}`, name, operation, example] as const)
)

/** What an Odoo has to answer: `integration-tests/odoo` has the tests. */
const NEEDS_ODOO = ["/admin/odoo/setup-odoo", "/admin/odoo/orders/{id}/rehearse"]

/** An Odoo that does not answer: the examples of the direct connection say what they find of it. */
const NO_ODOO = { ODOO_URL: "http://127.0.0.1:1", ODOO_DB_NAME: "odoo", ODOO_USERNAME: "medusa", ODOO_PASSWORD: "a-password" }

shopSuite({ env: NO_ODOO }, (bench) => {
  let caller: ApiCaller
  let ids: ExampleIds

  beforeAll(async () => {
    caller = await ApiCaller.of(bench)
    ids = await makeExampleRecords(bench)
  })

  describe("an example of the API's description", () => {
    it.each(EXAMPLES)("works as it stands there, and is answered as described: %s, %s", async (_, __, operation, example) => {
      const { status, data } = await caller.call(operation, callOf(withIdsOf(example, ids)))
      if (NEEDS_ODOO.includes(operation.path)) {
        expect([status, data]).toMatchObject([500, { code: "SYNC_FAILED" }])
        return
      }
      expect([status, status === 200 ? wrongInAnswer(operation, data) : data]).toEqual([200, []])
    })
  })
})
