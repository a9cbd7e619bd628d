import { OPERATIONS } from "../../src/wire/operations"
import { wrongInAnswer } from "../support/api-document"
import { ApiCaller, callOf, makeExampleRecords, withIdsOf, type ExampleIds } from "../support/api-caller"
import { shopSuite } from "../support/suite"

const EXAMPLES = OPERATIONS.flatMap((operation) =>
  Object.entries(operation.examples).map(([name, example]) => [`${operation.method.toUpperCase()} ${operation.path}`, name, operation, example] as const)
)

/** What asks an Odoo, of which there is none here: `integration-tests/odoo` has the tests. */
const ASKS_ODOO = ["/admin/odoo/setup-odoo"]

shopSuite({}, (bench) => {
  let caller: ApiCaller
  let ids: ExampleIds

  beforeAll(async () => {
    caller = await ApiCaller.of(bench)
    ids = await makeExampleRecords(bench)
  })

  describe("an example of the API's description", () => {
    it.each(EXAMPLES)("works as it stands there, and is answered as described: %s, %s", async (_, __, operation, example) => {
      const { status, data } = await caller.call(operation, callOf(withIdsOf(example, ids)))
      if (ASKS_ODOO.includes(operation.path)) {
        expect([status, data]).toMatchObject([409, { code: "CONFLICT" }])
        return
      }
      expect([status, status === 200 ? wrongInAnswer(operation, data) : data]).toEqual([200, []])
    })
  })
})
