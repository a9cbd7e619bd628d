import type { AxiosResponse } from "axios"
import fc from "fast-check"

import { WIRE_ERROR_STATUS, type WireErrorBody } from "../../src/wire/errors"
import { OPERATIONS } from "../../src/wire/operations"
import type { Operation } from "../../src/wire/operations/operation"
import { documented, wrongInAnswer, wrongInError } from "../support/api-document"
import { ApiCaller, callOf, makeExampleRecords, withIdsOf, type Call, type ExampleIds } from "../support/api-caller"
import { brokenBody, brokenId, brokenQuery } from "../support/broken-input"
import { digestOfDatabase } from "../support/digest"
import { runs } from "../support/replay"
import { shopSuite } from "../support/suite"

/** `FC_SEED=1234 npm test -- http/bad-input` sends the same bodies again. */
const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)

const BODIES_IN_ALL = runs(1_000, 2_050)
const QUERIES_IN_ALL = runs(200, 400)
const AT_ONCE = 8

const withBody = OPERATIONS.filter(({ body }) => body !== undefined)
const withQuery = OPERATIONS.filter(({ query }) => query !== undefined)
const withParams = OPERATIONS.filter(({ path }) => path.includes("{"))

const titled = (operations: readonly Operation[]) =>
  operations.map((operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation] as const)

/** Whether a path can be decoded. Under `/admin` Medusa answers one that can not before any route of ours is asked. */
function isReadable({ params = {} }: Call): boolean {
  try {
    return Object.values(params).every((id) => decodeURIComponent(id) !== "")
  } catch {
    return false
  }
}

const share = (all: number, operations: readonly Operation[]) => Math.ceil(all / operations.length)

/** Short enough to read, whole enough to try again. */
const shown = (call: Call) => JSON.stringify({ ...call, body: call.body?.toString().slice(0, 400) })

/** What is wrong with how a call was answered, in the light of the contract; nothing when all is well. */
function complaint(operation: Operation, { status, headers, data }: AxiosResponse<unknown>): string[] {
  if (!String(headers["content-type"]).startsWith("application/json")) {
    return [`answered ${String(headers["content-type"])}`]
  }
  if (status === 200) {
    return wrongInAnswer(operation, data)
  }
  const wrong = wrongInError(operation, data)
  if (status >= 500 || status < 400) {
    return [`answered ${String(status)}: ${JSON.stringify(data)}`, ...wrong]
  }
  if (wrong.length > 0 || operation.path.startsWith("/admin")) {
    return wrong
  }
  const { code } = (data as WireErrorBody).error
  return WIRE_ERROR_STATUS[code] === status ? [] : [`${code} travelled with ${String(status)}`]
}

jest.setTimeout(900_000)

shopSuite({ env: { ODOO_RATE_LIMIT: "0" } }, (bench) => {
  let caller: ApiCaller
  let ids: ExampleIds

  beforeAll(async () => {
    caller = await ApiCaller.of(bench)
    ids = await makeExampleRecords(bench)
  })

  const examplesOf = (operation: Operation) => Object.values(operation.examples).map((example) => withIdsOf(example, ids))

  /** Sends the calls, some at a time. */
  async function send(operation: Operation, calls: readonly Call[]): Promise<{ call: Call; answer: AxiosResponse<unknown> }[]> {
    const answered: { call: Call; answer: AxiosResponse<unknown> }[] = []
    const waiting = calls.values()
    const lane = async () => {
      for (const call of waiting) {
        answered.push({ call, answer: await caller.call(operation, call) })
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    return answered
  }

  /** Sends the calls, and holds every answer to the contract. */
  async function expectGoodAnswers(operation: Operation, calls: readonly Call[]): Promise<Call[]> {
    const answered = await send(operation, calls)
    const wrong = answered.flatMap(({ call, answer }) => complaint(operation, answer).map((reason) => `${reason} to ${shown(call)}`))
    expect({ seed, wrong: wrong.slice(0, 5) }).toEqual({ seed, wrong: [] })
    return answered.flatMap(({ call, answer }) => (answer.status === 200 ? [] : call))
  }

  /** Sends calls of which every one is to be refused, and which so leave the database as it was. */
  async function expectRefusals(operation: Operation, calls: readonly Call[]): Promise<void> {
    const before = await digestOfDatabase(bench)
    const refused = await expectGoodAnswers(operation, calls)
    expect({ seed, ...(await digestOfDatabase(bench)) }).toEqual({ seed, ...before })
    const taken = calls.filter((call) => !refused.includes(call)).map(shown)
    expect({ seed, taken: taken.slice(0, 5) }).toEqual({ seed, taken: [] })
  }

  /** Whether a body is of a form that a route looks at; what becomes of it depends on what is in the shop. */
  const isOfTheForm = (operation: Operation, { body = "{}" }: Call) => operation.body?.safeParse(JSON.parse(body.toString())).success === true

  /**
   * Sends calls of which some may be taken. Those that were refused are sent again by themselves, until none of them is
   * taken any more, as what one did may suit another: then they leave the database as it was.
   */
  async function expectGoodOutcomes(operation: Operation, calls: readonly Call[]): Promise<void> {
    for (let left = calls; left.length > 0; ) {
      const before = await digestOfDatabase(bench)
      const refused = await expectGoodAnswers(operation, left)
      if (refused.length === left.length) {
        expect({ seed, ...(await digestOfDatabase(bench)) }).toEqual({ seed, ...before })
        return
      }
      left = refused
    }
  }

  describe("a body that is broken in one place", () => {
    it.each(titled(withBody))("is answered in the envelope or item by item, and leaves nothing half written: %s", async (_, operation) => {
      const schema = documented(operation).requestBody?.content["application/json"].schema ?? {}
      const examples = examplesOf(operation)
      const calls = fc.oneof(
        ...examples.map((example) => brokenBody(example.body, schema).map((body): Call => ({ ...callOf(example), body })))
      )
      const bodies = fc.sample(calls, { numRuns: share(BODIES_IN_ALL, withBody), seed })
      await expectRefusals(operation, bodies.filter((call) => !isOfTheForm(operation, call)))
      await expectGoodOutcomes(operation, bodies.filter((call) => isOfTheForm(operation, call)))
    })
  })

  describe("an id that can not be", () => {
    it.each(titled(withParams))("is answered in the envelope: %s", async (_, operation) => {
      const [example] = examplesOf(operation).map(callOf)
      const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
      const calls = fc.tuple(fc.constantFrom(...names), brokenId).map(([name, id]): Call => ({ ...example, params: { ...example?.params, [name]: id } }))
      const sent = fc.sample(calls, { numRuns: 50, seed })
      await expectGoodOutcomes(operation, operation.path.startsWith("/admin") ? sent.filter(isReadable) : sent)
    })
  })

  describe("a query that is broken in one place", () => {
    it.each(titled(withQuery))("is answered in the envelope: %s", async (_, operation) => {
      const [example] = examplesOf(operation).map(callOf)
      const calls = brokenQuery(Object.keys(operation.query?.shape ?? {})).map((query): Call => ({ ...example, query }))
      await expectGoodAnswers(operation, fc.sample(calls, { numRuns: share(QUERIES_IN_ALL, withQuery), seed }))
    })
  })

  describe("a body that is none", () => {
    const text = (body: string | Buffer, contentType = "application/json"): Call => ({ body, contentType })
    const deep = (depth: number, inner: string) => `${"[".repeat(depth)}${inner}${"]".repeat(depth)}`

    it.each(titled(withBody))("is refused: %s", async (_, operation) => {
      const [example] = examplesOf(operation).map(callOf)
      const right = String(example?.body)
      const calls = [
        text(right.slice(0, -1)),
        text(`${right}${right}`),
        text(`// a comment\n${right}`),
        text("undefined"),
        text("NaN"),
        text("'text'"),
        text(right, "text/plain"),
        text("items=1", "application/x-www-form-urlencoded"),
        text("--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x"),
        text(right, "application/json; charset=made-up"),
        text(Buffer.from([0x7b, 0x22, 0xc3])),
        text(Buffer.from([0xff, 0xfe, 0x7b, 0x00])),
        text(deep(100_000, "")),
        text(`{"items":${deep(100, "1")},"products":${deep(100, "1")}}`),
      ].map((call): Call => ({ ...example, ...call }))
      await expectRefusals(operation, calls)
      // no body at all is one without members, which some routes take
      await expectGoodAnswers(operation, [{ ...example, ...text("") }])
    })
  })

  describe("a list of 10,000 items", () => {
    const lists = withBody.filter((operation) => Object.values(operation.examples).some(({ body }) => Object.values(body as object).some(Array.isArray)))

    it.each(titled(lists))("is answered: %s", async (_, operation) => {
      const [example] = examplesOf(operation)
      const many = (item: (one: unknown) => unknown) =>
        JSON.stringify(
          Object.fromEntries(
            Object.entries(example?.body as object).map(([name, value]: [string, unknown]) =>
              Array.isArray(value) ? [name, Array.from({ length: 10_000 }, () => item(value[0]))] : [name, value]
            )
          )
        )
      const calls = [many((one) => one), many(() => ({})), many(() => null)].map((body): Call => ({ ...callOf(example!), body }))
      await expectGoodAnswers(operation, calls)
    })
  })

  describe("a method that a path does not have", () => {
    const paths = [...new Set(OPERATIONS.map(({ path }) => path).filter((path) => /^(\/admin)?\/odoo/.test(path)))]

    it.each(paths)("is answered 404 in the envelope: %s", async (path) => {
      const has = OPERATIONS.filter((operation) => operation.path === path)
      const others = ["get", "post", "put", "patch", "delete"].filter((method) => !has.some((operation) => operation.method === method))
      for (const method of others) {
        const answer = await caller.call({ method, path }, { ...callOf(examplesOf(has[0]!)[0]!), body: "{}" })
        expect([method, answer.status, complaint(has[0]!, answer)]).toEqual([method, 404, []])
      }
    })
  })
})
