import { z } from "zod"

import { itemSchemas } from "../wire/normalise"

/** A JSON Schema of dialect 2020-12, which is OpenAPI 3.1's. */
export type JsonSchema = z.core.JSONSchema.BaseSchema

/** Schemas that have a name of their own in the document, and are referred to by it. */
export type NamedSchemas = ReadonlyMap<z.core.$ZodType, string>

type Override = NonNullable<z.core.ToJSONSchemaParams["override"]>
type Visit = Parameters<Override>[0]

/** A required member is one that the validation refuses to do without, whatever transforms stand before it. */
function requiredMembers(shape: Readonly<Record<string, z.core.$ZodType>>): string[] {
  return Object.keys(shape).filter((name) => {
    const schema = shape[name]
    return schema !== undefined && !z.safeParse(schema, undefined).success
  })
}

function requireMembers(schema: JsonSchema, required: string[]): void {
  if (required.length > 0) {
    schema.required = required
  } else {
    delete schema.required
  }
}

/** Bounds that zod gives to every integer, and patterns that only repeat a format, tell a reader nothing. */
function dropNoise(schema: JsonSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) {
    delete schema.minimum
  }
  if (schema.maximum === Number.MAX_SAFE_INTEGER) {
    delete schema.maximum
  }
  if (schema.format !== undefined) {
    delete schema.pattern
  }
}

function replaceBy(schema: JsonSchema, replacement: JsonSchema): void {
  const { description } = schema
  for (const member of Object.keys(schema)) {
    Reflect.deleteProperty(schema, member)
  }
  Object.assign(schema, replacement, description === undefined ? {} : { description })
}

/**
 * The JSON Schema of a zod schema.
 * @param io `input`: what is accepted, before any transform; `output`: what is answered, nothing beside it
 * @param named the schemas that are shown by reference to `#/components/schemas/<name>`, except for the whole itself
 */
export function jsonSchemaOf(schema: z.core.$ZodType, io: "input" | "output", named: NamedSchemas): JsonSchema {
  const describe = ({ zodSchema, jsonSchema, path }: Visit): void => {
    const name = path.length === 0 ? undefined : named.get(zodSchema)
    if (name !== undefined) {
      replaceBy(jsonSchema, { $ref: `#/components/schemas/${name}` })
      return
    }
    const { def } = zodSchema._zod
    const item = itemSchemas.get(zodSchema)
    if (item !== undefined) {
      jsonSchema.items = jsonSchemaOf(item, io, named)
    }
    if (def.type === "object" && io === "input") {
      requireMembers(jsonSchema, requiredMembers(def.shape))
    }
    if (def.type === "default") {
      // zod leaves it out where the schema transforms
      jsonSchema.default = def.defaultValue
    }
    dropNoise(jsonSchema)
  }
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any", override: describe })
  return json
}
