import type { z } from "zod"

import { adminErrorAnswerSchema, errorAnswerSchema } from "../wire/answer-schemas/error"
import type { Operation, OperationExample } from "../wire/operations/operation"
import { opening } from "../wire/scopes"
import { INTRODUCTION } from "./introduction"
import { jsonSchemaOf, type JsonSchema, type NamedSchemas } from "./json-schema"
import { ErrorResponses } from "./responses"

type Parameter = {
  name: string
  in: "path" | "query"
  required: boolean
  description?: string
  schema: JsonSchema
  example?: string
}

/** The schemas that are shown by a reference to their name. */
const NAMED: NamedSchemas = new Map<z.core.$ZodType, string>([
  [errorAnswerSchema, "Error"],
  [adminErrorAnswerSchema, "AdminError"],
])

const TAGS: Readonly<Record<Operation["tag"], string>> = {
  Orders: "Orders for Odoo to pull, and what Odoo says of them.",
  Customers: "Customers for Odoo to pull, and what Odoo says of them.",
  Products: "Products that Odoo keeps.",
  Inventory: "Stock, to pull and to push.",
  Webhooks: "What Odoo tells of by itself, as it happens.",
  Service: "Whether all is well.",
  Tools: "For the people of the shop, with admin access: what has failed, and what to do about it.",
}

const HEADERS = {
  TraceId: { description: "under which the shop's log has the rest", schema: { type: "string" } },
  RetryAfter: { description: "how many seconds to wait", schema: { type: "integer", minimum: 0 } },
  IdempotentReplayed: {
    description: "`true` where the answer is the one that the idempotency key got before; nothing was changed",
    schema: { type: "string", const: "true" },
  },
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "A text of your own that names this request, such as a UUID. The same key with the same body is answered as before and changes nothing.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
}

const ADMIN_ACCESS = {
  bearer: { type: "http", scheme: "bearer", description: "Medusa's admin token, from `POST /auth/user/emailpass`" },
  session: { type: "apiKey", in: "cookie", name: "connect.sid", description: "the session of Medusa's dashboard" },
}

const ACCESS = {
  odooApiKey: { type: "apiKey", in: "header", name: "x-odoo-api-key", description: "a key of the Odoo side" },
  basic: {
    type: "http",
    scheme: "basic",
    description:
      "a key of the Odoo side as user name or password, or a secret API key of Medusa as user name; under `/admin` the latter alone",
  },
  ...ADMIN_ACCESS,
}

const anyOf = (schemes: readonly string[]) => schemes.map((scheme) => ({ [scheme]: [] }))

/** The schemes with which a key of the Odoo side can be sent. Its scopes are named with these schemes, as roles (OpenAPI 3.1). */
const KEY_SCHEMES = ["odooApiKey", "basic"]

/** The access that a route needs: under `/admin` that of Medusa's admins; elsewhere also a key with one of the scopes. */
function securityOf({ path, scope }: Operation) {
  if (scope === undefined || path.startsWith("/admin")) {
    return anyOf([...Object.keys(ADMIN_ACCESS), "basic"])
  }
  const keys = KEY_SCHEMES.flatMap((scheme) => opening(scope).map((each) => ({ [scheme]: [each] })))
  return [...keys, ...anyOf(Object.keys(ADMIN_ACCESS))]
}

const codes = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(" or ")

/** The description of a route, with the scope that a key needs for it. */
function descriptionOf({ description, scope, scopesWith = {} }: Operation) {
  const more = Object.entries(scopesWith).map(([member, needed]) => `; with \`${member}\` also ${codes(opening(needed))}`)
  const access = scope === undefined ? undefined : `A key needs the scope ${codes(opening(scope))}${more.join("")}.`
  const parts = [description, access].filter((part) => part !== undefined)
  return parts.length === 0 ? {} : { description: parts.join("\n\n") }
}

/** The name of an operation for programs: `postOdooOrdersByIdSynced` for `post /odoo/orders/{id}/synced`. */
function operationId({ method, path }: Operation): string {
  const words = path
    .replace(/\{(\w+)\}/g, "by/$1")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
  return [method, ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join("")
}

function pathParameters({ path, params = {}, examples }: Operation): Parameter[] {
  const [first] = Object.values(examples)
  return [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => {
    if (name === undefined) {
      return []
    }
    const example = first?.params?.[name]
    return {
      name,
      in: "path" as const,
      required: true,
      description: params[name] ?? "",
      schema: { type: "string" as const, minLength: 1 },
      ...(example === undefined ? {} : { example }),
    }
  })
}

function queryParameters({ query }: Operation): Parameter[] {
  if (query === undefined) {
    return []
  }
  const { properties = {}, required = [] } = jsonSchemaOf(query, "input", NAMED)
  return Object.entries(properties).flatMap(([name, property]) => {
    if (typeof property === "boolean") {
      return []
    }
    const { description, ...schema } = property
    return {
      name,
      in: "query" as const,
      required: required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema,
    }
  })
}

function examplesOf(operation: Operation, valueOf: (example: OperationExample) => unknown) {
  const examples = Object.entries(operation.examples)
    .map(([name, example]) => [name, { value: valueOf(example) }] as const)
    .filter(([, { value }]) => value !== undefined)
  return examples.length === 0 ? {} : { examples: Object.fromEntries(examples) }
}

function requestBody(operation: Operation) {
  if (operation.body === undefined) {
    return {}
  }
  const schema = jsonSchemaOf(operation.body, "input", NAMED)
  return {
    requestBody: {
      required: !operation.body.safeParse({}).success,
      content: { "application/json": { schema, ...examplesOf(operation, ({ body }) => body) } },
    },
  }
}

function otherForms({ otherForms: forms = {} }: Operation) {
  return Object.fromEntries(
    Object.entries(forms).map(([type, { answer, example }]) => [type, { schema: jsonSchemaOf(answer, "output", NAMED), example }])
  )
}

function success(operation: Operation, writes: boolean) {
  const schema = jsonSchemaOf(operation.answer, "output", NAMED)
  return {
    description: "It was done, or each item says why not.",
    ...(writes ? { headers: { "Idempotent-Replayed": { $ref: "#/components/headers/IdempotentReplayed" } } } : {}),
    content: {
      [operation.answerType ?? "application/json"]: { schema, ...examplesOf(operation, ({ answer }) => answer) },
      ...otherForms(operation),
    },
  }
}

function operationObject(operation: Operation, errors: ErrorResponses) {
  const writes = operation.method !== "get"
  return {
    operationId: operationId(operation),
    tags: [operation.tag],
    summary: operation.summary,
    ...descriptionOf(operation),
    security: securityOf(operation),
    parameters: [
      ...pathParameters(operation),
      ...queryParameters(operation),
      ...(writes ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
    ],
    ...requestBody(operation),
    responses: { "200": success(operation, writes), ...errors.of(operation) },
  }
}

function pathsOf(operations: readonly Operation[], errors: ErrorResponses) {
  const paths: Record<string, Partial<Record<Operation["method"], ReturnType<typeof operationObject>>>> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation, errors) }
  }
  return paths
}

/**
 * The API's description in OpenAPI 3.1, made from the schemas that validate requests. The same operations always give the same
 * document, with the members in the same order.
 * @param version the version of the plugin
 */
export function openApiDocument(operations: readonly Operation[], version: string) {
  const errors = new ErrorResponses()
  const paths = pathsOf(operations, errors)
  const tags = Object.entries(TAGS).filter(([name]) => operations.some(({ tag }) => tag === name))
  return {
    openapi: "3.1.1",
    info: {
      title: "Medusa and Odoo",
      version,
      summary: "The routes of medusa-plugin-odoo",
      description: INTRODUCTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "the shop that serves this document" }],
    security: anyOf(Object.keys(ACCESS)),
    tags: tags.map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: Object.fromEntries([...NAMED].map(([schema, name]) => [name, jsonSchemaOf(schema, "output", NAMED)])),
      responses: errors.components(),
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      headers: HEADERS,
      securitySchemes: ACCESS,
    },
  }
}

/** The text of the file `openapi.json`. */
export function openApiText(operations: readonly Operation[], version: string): string {
  return `${JSON.stringify(openApiDocument(operations, version), null, 2)}\n`
}
