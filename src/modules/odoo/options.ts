import { z } from "zod"
import ms from "ms"

import type { AmountUnit } from "../../wire/money"
import { QUANTITY_IS, type QuantityIs } from "../../wire/schemas/inventory"
import { directOptions, odooSchema, type DirectOptions } from "./odoo-options"
import { duration, durationUpTo, flag, MIN_SECRET, number, size, text } from "./option-schemas"
import { webhookSchema } from "./webhook-options"

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
  /** whether counts of a stock push that do not say it are of pieces on hand or of available ones */
  quantityIs: QuantityIs
  /** whether the shop counts parts of a piece; otherwise counts are rounded down, and changes of a part are refused */
  fractionalQuantities: boolean
  /** whether an order that Odoo cancels has its captured payments refunded; otherwise it can not be canceled */
  refundOnCancel: boolean
  /** whether Odoo's order events have their effect in Medusa, or only write metadata */
  orderStatusEffects: boolean
  /** whether Medusa's own lists of orders and customers show older programs what Medusa leaves out */
  legacyAdminApi: boolean
  /** where products that Odoo creates are sold; null for the store's default */
  salesChannelId: string | null
  /** how products that Odoo creates are shipped; null for the default profile */
  shippingProfileId: string | null
  /** how often the shop is searched for changes that no event of Medusa has shown; milliseconds */
  sweepInterval: number
  odoo: DirectOptions
  webhook: {
    /** where events are posted; without it they are kept until there is one */
    url: string | null
    /** the names of the events that are sent; no others are written */
    events: readonly string[]
    /** the addresses of events that have one of their own, by the name of the event */
    urls: Readonly<Partial<Record<string, string>>>
    /** every secret signs; more than one while one is being rotated */
    secrets: string[]
    /** sent as `X-Odoo-Database`, for an Odoo that serves several */
    database: string | null
    /** the waits after the first, second, … failed attempt; after the last one the event has failed */
    retrySchedule: number[]
    timeoutMs: number
    /** how many events this process posts at once */
    concurrency: number
    /** whether deliveries that failed in an outage of Odoo are sent again without a person when Odoo answers again */
    replayAfterOutage: boolean
  }
}

/** The options as a person writes them in `medusa-config.ts`. A missing option is taken from the environment, else it has its default. */
export type OdooPluginOptions = z.input<typeof optionsSchema>

/** The environment variable of each option. */
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
  fractionalQuantities: "ODOO_FRACTIONAL_QUANTITIES",
  refundOnCancel: "ODOO_REFUND_ON_CANCEL",
  orderStatusEffects: "ODOO_ORDER_STATUS_EFFECTS",
  legacyAdminApi: "ODOO_LEGACY_ADMIN_API",
  salesChannelId: "ODOO_SALES_CHANNEL_ID",
  shippingProfileId: "ODOO_SHIPPING_PROFILE_ID",
  sweepInterval: "ODOO_SWEEP_INTERVAL",
  "odoo.url": "ODOO_URL",
  "odoo.database": "ODOO_DB_NAME",
  "odoo.username": "ODOO_USERNAME",
  "odoo.password": "ODOO_PASSWORD",
  "odoo.flows": "ODOO_FLOWS",
  "odoo.companyId": "ODOO_COMPANY_ID",
  "odoo.orderReference": "ODOO_ORDER_REFERENCE",
  "odoo.confirm": "ODOO_CONFIRM",
  "odoo.unknownSku": "ODOO_UNKNOWN_SKU",
  "odoo.totalTolerance": "ODOO_TOTAL_TOLERANCE",
  "odoo.discounts": "ODOO_DISCOUNTS",
  "odoo.fiscalPositions": "ODOO_FISCAL_POSITIONS",
  "odoo.overwritePartners": "ODOO_OVERWRITE_PARTNERS",
  "odoo.creditNotes": "ODOO_CREDIT_NOTES",
  "odoo.paymentTerm": "ODOO_PAYMENT_TERM",
  "odoo.salesTeams": "ODOO_SALES_TEAMS",
  "odoo.locations": "ODOO_LOCATIONS",
  "webhook.url": "ODOO_WEBHOOK_URL",
  "webhook.events": "ODOO_WEBHOOK_EVENTS",
  "webhook.urls": "ODOO_WEBHOOK_URLS",
  "webhook.secret": "ODOO_WEBHOOK_SECRET",
  "webhook.database": "ODOO_WEBHOOK_DATABASE",
  "webhook.retrySchedule": "ODOO_WEBHOOK_RETRY_SCHEDULE",
  "webhook.timeoutMs": "ODOO_WEBHOOK_TIMEOUT_MS",
  "webhook.concurrency": "ODOO_WEBHOOK_CONCURRENCY",
  "webhook.replayAfterOutage": "ODOO_WEBHOOK_REPLAY_AFTER_OUTAGE",
}

const optionsSchema = z
  .strictObject({
    apiKey: text.min(MIN_SECRET, `must have at least ${String(MIN_SECRET)} characters`).optional(),
    amountUnit: z.enum(["minor", "major"], "must be \"minor\" or \"major\"").default("minor"),
    defaultLocationId: text.optional(),
    bodyLimit: size.default(5 * 1024 * 1024),
    idempotencyTtl: duration.default(ms("7d")),
    retention: durationUpTo("10 years").default(ms("30d")),
    rateLimit: z.preprocess(number, z.number().int().min(0)).default(6000),
    createProductsFromWebhooks: flag.default(false),
    quantityIs: z.enum(QUANTITY_IS, "must be \"on_hand\" or \"available\"").default("on_hand"),
    fractionalQuantities: flag.default(false),
    refundOnCancel: flag.default(false),
    orderStatusEffects: flag.default(true),
    legacyAdminApi: flag.default(false),
    salesChannelId: text.optional(),
    shippingProfileId: text.optional(),
    sweepInterval: duration.refine((value) => value >= ms("5s"), "must be 5s or longer").default(ms("1m")),
    odoo: odooSchema.prefault({}),
    webhook: webhookSchema.prefault({}),
  })
  .transform(({ odoo, ...options }, context) => {
    const { url, urls } = options.webhook
    const refuse = (option: string, message: string): never => {
      context.addIssue({ code: "custom", path: ["odoo", option], message })
      return z.NEVER
    }
    return { ...options, odoo: directOptions(odoo, url !== undefined || Object.keys(urls).length > 0, refuse) }
  })

/** The options that have options below them. */
const SECTIONS = ["odoo", "webhook"] as const

const isSet = (value: unknown) => value !== undefined && value !== null && !(typeof value === "string" && value.trim() === "")

/**
 * Fills options that are not set from the environment. An empty value counts as not set, in the options too: a configuration that
 * reads variables by itself passes on empty ones.
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
 * Checks the plugin's options and fills in missing ones, from the environment first, then from the defaults.
 * @param given the member `options` of the plugin in `medusa-config.ts`
 * @throws Error that names every option that is wrong or unknown; it never repeats a key or a secret
 */
export function resolveOptions(
  given: Readonly<Record<string, unknown>> = {},
  environment: Readonly<Record<string, string | undefined>> = process.env
): OdooOptions {
  const input = withEnvironment(given, environment)
  for (const section of SECTIONS) {
    const inner = input[section] ?? {}
    if (typeof inner === "object" && !Array.isArray(inner)) {
      input[section] = withEnvironment({ ...inner }, environment, `${section}.`)
    }
  }
  const result = optionsSchema.safeParse(input)
  if (!result.success) {
    const reasons = result.error.issues.flatMap((issue) => {
      const path = issue.path.map(String)
      if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => `${[...path, key].join(".")}: there is no such option`)
      }
      const option = path.slice(0, SECTIONS.some((section) => section === path[0]) ? 2 : 1).join(".")
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
