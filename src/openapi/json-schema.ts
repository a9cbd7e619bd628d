import { z } from "zod"

import { itemSchemas } from "../wire/normalise"

/** A JSON Schema of the dialect 2020-12, which OpenAPI 3.1 uses. */
export type JsonSchema = z.core.JSONSchema.BaseSchema

/** The schemas that have a name in the document, and are shown by a reference to it. */
export type NamedSchemas = ReadonlyMap<z.core.$ZodType, string>

type Override = NonNullable<z.core.ToJSONSchemaParams["override"]>
type Visit = Parameters<Override>[0]

/** The names of the required members: those without which the validation fails, also where the schema transforms its input. */
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

/** Removes the bounds that zod gives to every integer, and patterns that only repeat a format: they do not help a reader. */
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
 * @param io `input` for the accepted values, before any transform; `output` for the values of an answer, without further members
 * @param named the schemas that are shown by a reference to `#/components/schemas/<name>`; the given schema itself is always shown in full
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
      // zod leaves the default value out where the schema transforms
      jsonSchema.default = def.defaultValue
    }
    dropNoise(jsonSchema)
  }
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any", override: describe })
  return json
}
