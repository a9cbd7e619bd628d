import { z } from "@medusajs/framework/zod"
import bytes from "bytes"
import ms, { type StringValue } from "ms"

import type { AmountUnit } from "../../wire/money"
import { QUANTITY_IS, type QuantityIs } from "../../wire/schemas/inventory"

/** The plugin's options after the boot has checked them: every default filled in, durations in milliseconds. */
export type OdooOptions = {
  /** the static API key; there may be generated ones beside it */
  apiKey: string | null
  amountUnit: AmountUnit
  /** the stock location of a push that names none */
  defaultLocationId: string | null
  /** the largest request body under `/odoo`, in bytes */
  bodyLimit: number
  /** how long the answer to an idempotency key is kept; milliseconds */
  idempotencyTtl: number
  /** how long delivered and dismissed events, and settled refusals, are kept; milliseconds */
  retention: number
  /** how many requests a caller may make a minute; 0 for any number */
  rateLimit: number
  /** whether a product webhook may publish a product that the catalogue does not know */
  createProductsFromWebhooks: boolean
  /** what the counts of a stock push are of that do not say it themselves */
  quantityIs: QuantityIs
  /** whether an order that Odoo cancels has its captured payments refunded; otherwise it can not be canceled */
  refundOnCancel: boolean
  /** whether Odoo's order events have their effect in Medusa, or only write metadata */
  orderStatusEffects: boolean
  /** where products that Odoo creates are sold; null for the store's default */
  salesChannelId: string | null
  /** how products that Odoo creates are shipped; null for the default profile */
  shippingProfileId: string | null
  /** how often the shop is searched for what no hint told; milliseconds */
  sweepInterval: number
  webhook: {
    /** where events are posted; without it they are kept until there is one */
    url: string | null
    /** every secret signs; more than one while one is being rotated */
    secrets: string[]
    /** sent as `X-Odoo-Database`, for an Odoo that serves several */
    database: string | null
    /** the waits after the first, second, … failed attempt; after the last one the event has failed */
    retrySchedule: number[]
    timeoutMs: number
    /** how many events this process posts at once */
    concurrency: number
  }
}

/** What a person writes in `medusa-config.ts`. Whatever is left out comes from the environment, then the default. */
export type OdooPluginOptions = z.input<typeof optionsSchema>

/** Which environment variable stands in for which option. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  apiKey: "ODOO_API_KEY",
  amountUnit: "ODOO_AMOUNT_UNIT",
  defaultLocationId: "ODOO_DEFAULT_LOCATION_ID",
  bodyLimit: "ODOO_BODY_LIMIT",
  idempotencyTtl: "ODOO_IDEMPOTENCY_TTL",
  retention: "ODOO_RETENTION",
  rateLimit: "ODOO_RATE_LIMIT",
  createProductsFromWebhooks: "ODOO_CREATE_PRODUCTS_FROM_WEBHOOKS",
  quantityIs: "ODOO_QUANTITY_IS",
  refundOnCancel: "ODOO_REFUND_ON_CANCEL",
  orderStatusEffects: "ODOO_ORDER_STATUS_EFFECTS",
  salesChannelId: "ODOO_SALES_CHANNEL_ID",
  shippingProfileId: "ODOO_SHIPPING_PROFILE_ID",
  sweepInterval: "ODOO_SWEEP_INTERVAL",
  "webhook.url": "ODOO_WEBHOOK_URL",
  "webhook.secret": "ODOO_WEBHOOK_SECRET",
  "webhook.database": "ODOO_WEBHOOK_DATABASE",
  "webhook.retrySchedule": "ODOO_WEBHOOK_RETRY_SCHEDULE",
  "webhook.timeoutMs": "ODOO_WEBHOOK_TIMEOUT_MS",
  "webhook.concurrency": "ODOO_WEBHOOK_CONCURRENCY",
}

/** A text that can travel in a header. */
const text = z
  .string("must be a text")
  .trim()
  .regex(/^[\x20-\x7e]+$/, "must be of printable ASCII characters")

/** `"a,b"` from the environment is the list `["a", "b"]`. */
const list = (value: unknown) => (typeof value === "string" ? value.split(",").map((part) => part.trim()) : value)

/** `"8000"` from the environment is the number 8000. */
const number = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? Number(value) : value)

/** `"true"` from the environment is true. */
const flag = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean("must be true or false")
)

const MAX_BODY_BYTES = 1024 ** 3

/** `"5m"` in milliseconds, up to a longest duration, which is also the words that name it: `"30 days"`. */
const durationUpTo = (longest: StringValue) =>
  z.string("must be a duration such as \"5m\"").transform((value, context) => {
    const milliseconds = /^\s*\d/.test(value) && /[a-z]\s*$/i.test(value) ? ms(value.trim() as StringValue) : NaN
    if (!Number.isFinite(milliseconds)) {
      context.addIssue({ code: "custom", message: `"${value}" is not a duration such as "30s", "5m" or "2h"` })
      return z.NEVER
    }
    if (milliseconds > ms(longest)) {
      context.addIssue({ code: "custom", message: `"${value}" is longer than ${longest}` })
      return z.NEVER
    }
    return milliseconds
  })

const duration = durationUpTo("30 days")

const size = z.union([z.number(), z.string()], "must be a size such as \"5mb\"").transform((value, context) => {
  // the library reads "5xx" as 5
  const count = /^\d+(\.\d+)?\s*([kmg]?b)?$/i.test(String(value).trim()) ? bytes.parse(value) : null
  if (count === null || !Number.isInteger(count) || count <= 0 || count > MAX_BODY_BYTES) {
    context.addIssue({ code: "custom", message: `"${String(value)}" is not a size such as "5mb" or "500kb", up to "1gb"` })
    return z.NEVER
  }
  return count
})

const MIN_SECRET = 16

const secret = text
  .min(MIN_SECRET, `must have at least ${String(MIN_SECRET)} characters`)
  .refine(
    (value) => !value.startsWith("whsec_") || /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(value),
    "behind whsec_ there must be at least 16 characters of base64"
  )

const webhookSchema = z.strictObject({
  url: text
    .refine((value) => /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value), "must be an http or https address")
    .optional(),
  secret: z.preprocess(list, z.array(secret).min(1)).optional(),
  database: text.optional(),
  retrySchedule: z.preprocess(list, z.array(duration)).default([ms("1m"), ms("5m"), ms("15m")]),
  timeoutMs: z.preprocess(number, z.number().int().min(100).max(ms("5m"))).default(ms("10s")),
  concurrency: z.preprocess(number, z.number().int().min(1).max(100)).default(8),
})

const optionsSchema = z.strictObject({
  apiKey: text.min(MIN_SECRET, `must have at least ${String(MIN_SECRET)} characters`).optional(),
  amountUnit: z.enum(["minor", "major"], "must be \"minor\" or \"major\"").default("minor"),
  defaultLocationId: text.optional(),
  bodyLimit: size.default(5 * 1024 * 1024),
  idempotencyTtl: duration.default(ms("7d")),
  retention: durationUpTo("10 years").default(ms("30d")),
  rateLimit: z.preprocess(number, z.number().int().min(0)).default(6000),
  createProductsFromWebhooks: flag.default(false),
  quantityIs: z.enum(QUANTITY_IS, "must be \"on_hand\" or \"available\"").default("on_hand"),
  refundOnCancel: flag.default(false),
  orderStatusEffects: flag.default(true),
  salesChannelId: text.optional(),
  shippingProfileId: text.optional(),
  sweepInterval: duration.refine((value) => value >= ms("5s"), "must be 5s or longer").default(ms("1m")),
  webhook: webhookSchema.prefault({}),
})

const isSet = (value: unknown) => value !== undefined && value !== null && !(typeof value === "string" && value.trim() === "")

/**
 * Fills what the configuration leaves out from the environment. What is empty counts as not set, there and here: a
 * configuration that reads variables by itself passes on empty ones.
 */
function withEnvironment(
  options: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  prefix = ""
): Record<string, unknown> {
  const filled = Object.fromEntries(Object.entries(options).filter(([, value]) => isSet(value)))
  for (const [name, variable] of Object.entries(ENVIRONMENT)) {
    const key = name.startsWith(prefix) ? name.slice(prefix.length) : ""
    const value = environment[variable]
    if (key !== "" && !key.includes(".") && filled[key] === undefined && isSet(value)) {
      filled[key] = value
    }
  }
  return filled
}

/**
 * Checks the plugin's options and fills in what is missing, from the environment first, then from the defaults.
 * @param given what stands under `options` in `medusa-config.ts`
 * @throws Error that names every option that is wrong or unknown; it never repeats a key or a secret
 */
export function resolveOptions(
  given: Readonly<Record<string, unknown>> = {},
  environment: Readonly<Record<string, string | undefined>> = process.env
): OdooOptions {
  const outer = withEnvironment(given, environment)
  const webhook = outer.webhook ?? {}
  const input =
    typeof webhook === "object" && !Array.isArray(webhook)
      ? { ...outer, webhook: withEnvironment({ ...webhook }, environment, "webhook.") }
      : outer
  const result = optionsSchema.safeParse(input)
  if (!result.success) {
    const reasons = result.error.issues.flatMap((issue) => {
      const path = issue.path.map(String)
      if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => `${[...path, key].join(".")}: there is no such option`)
      }
      const option = path.slice(0, path[0] === "webhook" ? 2 : 1).join(".")
      const variable = ENVIRONMENT[option]
      return [`${option}: ${issue.message}${variable === undefined ? "" : ` (${variable} in the environment)`}`]
    })
    throw new Error(`medusa-plugin-odoo: wrong options\n${reasons.map((reason) => `  - ${reason}`).join("\n")}`)
  }
  const { apiKey, defaultLocationId, salesChannelId, shippingProfileId, webhook: hook, ...rest } = result.data
  const { url, secret: secrets, database, ...delivery } = hook
  return {
    ...rest,
    apiKey: apiKey ?? null,
    defaultLocationId: defaultLocationId ?? null,
    salesChannelId: salesChannelId ?? null,
    shippingProfileId: shippingProfileId ?? null,
    webhook: { ...delivery, url: url ?? null, secrets: secrets ?? [], database: database ?? null },
  }
}
