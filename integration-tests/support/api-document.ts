import { Ajv2020, type ValidateFunction } from "ajv/dist/2020"
import addFormats from "ajv-formats"
import { readFileSync } from "fs"

import type { Operation } from "../../src/wire/operations/operation"

/** The parts of the document that tests look into; what else stands there is of no concern to them. */
type Media = { schema: Record<string, unknown> }
type DocumentedOperation = {
  operationId: string
  requestBody?: { content: { "application/json": Media } }
  responses: { "200": { content: Record<string, Media> } }
}

const document = JSON.parse(readFileSync(`${__dirname}/../../src/openapi/openapi.json`, "utf8")) as {
  paths: Record<string, Record<string, DocumentedOperation>>
  components: { schemas: Record<"Error" | "AdminError", Record<string, unknown>> }
}

/** An operation as the document has it. */
export function documented({ method, path }: Operation): DocumentedOperation {
  const found = document.paths[path]?.[method]
  if (found === undefined) {
    throw new Error(`the document has no ${method} ${path}`)
  }
  return found
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true })
addFormats(ajv)
// what the schemas refer to goes along with each of them
ajv.addKeyword("components")

/** Compiles a schema of the document; throws where it is not valid JSON Schema of dialect 2020-12. */
export function compile(schema: Record<string, unknown>): ValidateFunction {
  return ajv.compile({ ...schema, components: document.components })
}

const known = new Map<string, ValidateFunction>()

function compiled(name: string, schema: Record<string, unknown>): ValidateFunction {
  const validate = known.get(name) ?? compile(schema)
  known.set(name, validate)
  return validate
}

/** What is wrong with a value; nothing when it is valid. */
function complaints(validate: ValidateFunction, value: unknown): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`)
}

/** What the document says is wrong with an operation's answer. */
export function wrongInAnswer(operation: Operation, answer: unknown): string[] {
  const { operationId, responses } = documented(operation)
  const media = responses["200"].content[operation.answerType ?? "application/json"]
  return media === undefined ? ["is not described"] : complaints(compiled(operationId, media.schema), answer)
}

/** What the document says is wrong with an error answer. */
export function wrongInError(operation: Operation, answer: unknown): string[] {
  const name = operation.path.startsWith("/admin") ? "AdminError" : "Error"
  return complaints(compiled(name, document.components.schemas[name]), answer)
}
