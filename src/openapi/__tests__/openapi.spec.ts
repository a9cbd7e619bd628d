import { readdirSync, readFileSync } from "fs"
import { dirname, join, sep } from "path"

import { compile, documented, wrongInAnswer } from "../../../integration-tests/support/api-document"
import { OPERATIONS } from "../../wire/operations"
import { openApiDocument, openApiText } from "../document"
import document from "../openapi.json"

/** Members whose form is nobody's business but their sender's. */
const FREE_FORM = /\/(metadata|details)(\/additionalProperties)?$/

/** Where a schema holds others: by name, in a list, or one. */
const NAMED_PARTS = ["properties", "patternProperties", "$defs"]
const LISTED_PARTS = ["anyOf", "oneOf", "allOf", "prefixItems"]
const SINGLE_PARTS = ["items", "additionalProperties", "propertyNames", "not"]

type Schema = Record<string, unknown>

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null

/** A schema and all that stand within it, each with its place. */
function schemasIn(schema: Schema, path: string): [string, Schema][] {
  const within = (part: unknown, place: string) => (isSchema(part) ? schemasIn(part, place) : [])
  return [
    [path, schema],
    ...NAMED_PARTS.flatMap((part) => Object.entries(schema[part] ?? {}).flatMap(([name, inner]) => within(inner, `${path}/${name}`))),
    ...LISTED_PARTS.flatMap((part) => Object.values(schema[part] ?? {}).flatMap((inner) => within(inner, path))),
    ...SINGLE_PARTS.flatMap((part) => within(schema[part], `${path}/${part}`)),
  ]
}

/** Every member named `schema` of the document, with its place. */
function mediaSchemas(value: unknown, path = ""): [string, Schema][] {
  if (!isSchema(value)) {
    return []
  }
  return Object.entries(value).flatMap(([name, inner]): [string, Schema][] => {
    if (name === "schema" && isSchema(inner)) {
      return [[`${path}/schema`, inner]]
    }
    return name === "examples" ? [] : mediaSchemas(inner, `${path}/${name}`)
  })
}

const allSchemas = (): [string, Schema][] => [
  ...mediaSchemas(document.paths),
  ...Object.entries(document.components.schemas).map(([name, schema]): [string, Schema] => [`/${name}`, schema]),
]

function referencesIn(value: unknown): string[] {
  if (!isSchema(value)) {
    return []
  }
  return Object.entries(value).flatMap(([name, inner]) => (name === "$ref" ? [inner as string] : referencesIn(inner)))
}

const resolves = (reference: string) =>
  reference.startsWith("#/") &&
  reference.slice(2).split("/").reduce<unknown>((place, name) => (isSchema(place) ? place[name] : undefined), document) !== undefined

const ROUTES = "src/api"

/** The methods and paths of all route files. */
function routesThereAre(): string[] {
  return readdirSync(ROUTES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(`${sep}route.ts`))
    .flatMap((file) => {
      const path = `/${dirname(file).split(sep).join("/")}`.replace(/\[(\w+)\]/g, "{$1}")
      const methods = readFileSync(join(ROUTES, file), "utf8").matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)
      return [...methods].map(([, method]) => `${method!} ${path}`)
    })
}

/** What serves the description is not described by it. */
const OWN_ROUTES = ["GET /odoo/openapi.json", "GET /odoo/docs", "GET /odoo/docs/{file}"]

describe("the API's description", () => {
  it("is what the schemas give: `npm run openapi` writes it anew", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"))
    expect(readFileSync("src/openapi/openapi.json", "utf8")).toBe(openApiText(OPERATIONS, version))
  })

  it("describes every route, and no other", () => {
    const described = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(new Set(described).size).toBe(described.length)
    expect(described.sort()).toEqual(routesThereAre().filter((route) => !OWN_ROUTES.includes(route)).sort())
  })

  it("is OpenAPI 3.1 whose schemas are valid and whose references lead somewhere", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/)
    for (const [, schema] of allSchemas()) {
      compile(schema)
    }
    expect(referencesIn(document).filter((reference) => !resolves(reference))).toEqual([])
    const ids = OPERATIONS.map((operation) => documented(operation).operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it("says of every member what it is", () => {
    const empty = allSchemas()
      .flatMap(([path, schema]) => schemasIn(schema, path))
      .filter(([, { description: _, default: __, title: ___, ...rest }]) => Object.keys(rest).length === 0)
      .map(([path]) => path)
    expect(empty.filter((path) => !FREE_FORM.test(path))).toEqual([])
  })

  it("says what every parameter of a path stands for", () => {
    for (const { path, params = {} } of OPERATIONS) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect([path, Object.keys(params)]).toEqual([path, names])
    }
  })

  it("asks for what the validation asks for, however it is wrapped", () => {
    const webhook = OPERATIONS.find(({ path }) => path === "/odoo/webhooks/inventory")!
    const { schema } = documented(webhook).requestBody!.content["application/json"]
    expect(schema.required).toEqual(["event_type", "items"])
    const { items: item } = JSON.parse(JSON.stringify(schema)).properties.items
    expect(item.required).toEqual(["quantity"])
    expect(item.properties.adjustment_type).toMatchObject({ enum: ["absolute", "delta"], default: "absolute" })
  })

  it("has the same text, however often it is made", () => {
    expect(JSON.stringify(openApiDocument(OPERATIONS, "1.0.0"))).toBe(JSON.stringify(openApiDocument(OPERATIONS, "1.0.0")))
  })
})

describe.each(OPERATIONS.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))("%s", (_, operation) => {
  it("has examples that its own schemas take", () => {
    const examples = Object.values(operation.examples)
    expect(examples.length).toBeGreaterThan(0)
    for (const { body, query, answer } of examples) {
      expect(wrongInAnswer(operation, answer)).toEqual([])
      expect(operation.answer.safeParse(answer).error).toBeUndefined()
      expect(operation.body?.safeParse(body).error).toBeUndefined()
      expect(operation.query?.safeParse(query ?? {}).error).toBeUndefined()
    }
  })

  it("has examples of a body that the document takes", () => {
    const schema = operation.body === undefined ? undefined : documented(operation).requestBody?.content["application/json"].schema
    const validate = schema === undefined ? undefined : compile(schema)
    for (const { body } of Object.values(operation.examples)) {
      expect([validate?.(body) ?? true, validate?.errors ?? []]).toEqual([true, []])
    }
  })
})
