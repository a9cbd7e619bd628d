import fc from "fast-check"

type Json = Record<string, unknown>

/** A place in a body: the members and indexes that lead to it. */
type Place = readonly (string | number)[]

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

/** A list in a list, so often. */
const nested = (depth: number) => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`) as unknown

const NUMBERS = [0, -1, 1.5, 0.1, -0.001, 1e308, -1e308, 5e-324, 2_147_483_648, -2_147_483_649, 2 ** 53, 1e21]

const TEXTS = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff tail",
  "two\nlines",
  "\u2028",
  "💥",
  "%00",
  "'; DROP TABLE product; --",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "[object Object]",
  "true",
  "NaN",
  "-Infinity",
  "1e5",
  "0x10",
  "-1",
  "1.5",
  "99999999999999999999999999",
  "2026-02-30",
  "0000-01-01",
  "+275760-09-13T00:00:00.001Z",
  "9999-12-31T23:59:59.999Z",
  "order_01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "x".repeat(256),
  "ß".repeat(20_000),
]

/** A member that is called like this is an object's own only where JSON says so. */
const POISONED = ["__proto__", "constructor", "prototype", "toString"].map((name) =>
  Object.fromEntries([[name, { polluted: true, sku: "SHIRT-S" }]])
)

const SHAPES = [null, true, false, [], {}, [null], [[]], [{}], { "": "" }, { length: 5 }, nested(60), nested(70), nested(2_000)]

/** A value that nobody should have sent. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...SHAPES) },
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom(...POISONED) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.jsonValue() }
)

function places(value: unknown, at: Place = []): Place[] {
  const inner = Array.isArray(value)
    ? value.flatMap((entry, index) => places(entry, [...at, index]))
    : isObject(value)
      ? Object.entries(value).flatMap(([name, entry]) => places(entry, [...at, name]))
      : []
  return [at, ...inner]
}

const valueAt = (body: unknown, place: Place): unknown =>
  place.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], body)

/** A copy of a body in which something else stands at a place. */
function replaced(body: unknown, place: Place, change: (value: unknown) => unknown): unknown {
  const [step, ...rest] = place
  if (step === undefined) {
    return change(body)
  }
  if (Array.isArray(body)) {
    return body.map((entry: unknown, index) => (index === step ? replaced(entry, rest, change) : entry))
  }
  return Object.fromEntries(Object.entries(body as Json).map(([name, entry]) => [name, name === step ? replaced(entry, rest, change) : entry]))
}

function without(body: unknown, place: Place): unknown {
  const last = place.at(-1)
  return replaced(body, place.slice(0, -1), (parent) =>
    Array.isArray(parent) ? parent.filter((_, index) => index !== last) : Object.fromEntries(Object.entries(parent as Json).filter(([name]) => name !== last))
  )
}

type JsonSchema = { properties?: Record<string, JsonSchema>; items?: JsonSchema; anyOf?: JsonSchema[]; oneOf?: JsonSchema[]; allOf?: JsonSchema[] }

/** The members that a schema knows at a place, whichever of its forms they belong to. */
function membersAt(schema: JsonSchema, place: Place): string[] {
  const forms = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  const [step, ...rest] = place
  const own =
    step === undefined
      ? Object.keys(schema.properties ?? {})
      : typeof step === "number"
        ? schema.items && membersAt(schema.items, rest)
        : schema.properties?.[step] && membersAt(schema.properties[step], rest)
  return [...new Set([...(own ?? []), ...forms.flatMap((form) => membersAt(form, place))])]
}

/** The places of members that a body could have by its schema, but does not. */
function absentPlaces(body: unknown, schema: JsonSchema): Place[] {
  return places(body).flatMap((place) => {
    const value = valueAt(body, place)
    return isObject(value) ? membersAt(schema, place).filter((name) => !(name in value)).map((name) => [...place, name]) : []
  })
}

/** Sets a member that is not there yet; `__proto__` becomes one like any other, as in a sender's text. */
const added = (body: unknown, place: Place, value: unknown) =>
  replaced(body, place.slice(0, -1), (parent) => Object.fromEntries([...Object.entries(parent as Json), [String(place.at(-1)), value]]))

/**
 * A body that was right, broken in one place: another value, none, a member too many, a list around it or repeated.
 * @param schema the body's schema, as the API's description has it: it knows of members that the example lacks
 * @returns its JSON text
 */
export function brokenBody(body: unknown, schema: Record<string, unknown>): fc.Arbitrary<string> {
  const all = places(body)
  const inner = all.filter((place) => place.length > 0)
  const objects = all.filter((place) => isObject(valueAt(body, place)))
  const lists = all.filter((place) => Array.isArray(valueAt(body, place)))
  const absent = absentPlaces(body, schema)
  const foreign = objects.flatMap((place) => ["__proto__", "constructor", "toString", "", "x".repeat(300)].map((name) => [...place, name]))
  const change = (from: readonly Place[], weight: number, how: (place: Place, value: unknown) => unknown) =>
    from.length === 0 ? [] : [{ weight, arbitrary: fc.tuple(fc.constantFrom(...from), hostileValue).map(([place, value]) => how(place, value)) }]
  return fc
    .oneof(
      ...change(all, 10, (place, value) => replaced(body, place, () => value)),
      ...change(absent, 8, (place, value) => added(body, place, value)),
      ...change(foreign, 2, (place, value) => added(body, place, value)),
      ...change(inner, 2, (place) => without(body, place)),
      ...change(all, 1, (place) => replaced(body, place, (value) => [value])),
      ...change(all, 1, (place) => replaced(body, place, (value) => ({ value }))),
      ...change(lists, 1, (place) => replaced(body, place, (value) => [...(value as unknown[]), ...(value as unknown[])]))
    )
    .map((broken) => JSON.stringify(broken))
}

/** What nobody should ask for in the place of an id; percent-encoded, or not even that. */
const HOSTILE_IDS = [
  "%00",
  "%20",
  "%ED%A0%80",
  "%E0%A4%A",
  "..%2F..",
  "-1",
  "0",
  "1.5",
  "1e3",
  "99999999999999999999",
  "2147483648",
  "__proto__",
  "constructor",
  "%27%20OR%201%3D1",
  "order_01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "%F0%9F%92%A5",
  "x".repeat(4_000),
]

/** Percent-encodes a text; half a character, which can not be, becomes a replacement character. */
const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString())

/** What stands in a path in the place of an id. */
export const brokenId: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_IDS) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).map(encoded) }
)

const HOSTILE_QUERIES = [
  (name: string) => name,
  (name: string) => `${name}=1&${name}=2`,
  (name: string) => `${name}[]=1`,
  (name: string) => `${name}[a]=1`,
  (name: string) => `${name}[__proto__][x]=1`,
  (name: string) => `${name}=%ED%A0%80`,
  (name: string) => `${name}=%E0%A4%A`,
]

/**
 * A query in which one parameter has a value that it should not have.
 * @param names the parameters that there are
 */
export function brokenQuery(names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.constantFrom(...names, "__proto__", "unheard_of")
  const text = fc.oneof(fc.constantFrom(...TEXTS.filter((given) => given.length < 4_000), ...NUMBERS.map(String)), fc.string({ unit: "binary", maxLength: 30 }))
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(name, text).map(([given, value]) => `${given}=${encoded(value)}`) },
    { weight: 1, arbitrary: fc.tuple(name, fc.constantFrom(...HOSTILE_QUERIES)).map(([given, write]) => write(given)) }
  )
}
