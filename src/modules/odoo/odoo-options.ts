import { z } from "zod"

import { address, flag, list, number, parts, text } from "./option-schemas"

/** `"8=sloc_1,WH/Stock=Main"` from the environment is `[["8", "sloc_1"], ["WH/Stock", "Main"]]`. */
const pairs = (value: unknown): unknown =>
  typeof value === "string"
    ? parts(value).map((pair) => pair.split("=").map((part) => part.trim()))
    : typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : value

const isName = (value: unknown): value is string => typeof value === "string" && /^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u.test(value)

const isPair = (value: unknown): value is [string, string] => Array.isArray(value) && value.length === 2 && value.every(isName)

/** Pairs of names, each of which may be named once on the left side. */
const pairsSchema = (form: string) =>
  z.preprocess(pairs, z.unknown()).transform((mapped, context) => {
    const members: unknown[] = Array.isArray(mapped) ? mapped : [mapped]
    const known = members.filter(isPair)
    const twice = known.find(([name], index) => known.findIndex(([other]) => other.toLowerCase() === name.toLowerCase()) < index)
    if (known.length < members.length) {
      context.addIssue({ code: "custom", message: `each must ${form}` })
    } else if (twice !== undefined) {
      context.addIssue({ code: "custom", message: `"${twice[0]}" stands there twice` })
    }
    return Object.fromEntries(known)
  })

/** The kinds of data that the direct connection can send; each can be switched on by itself. */
const FLOWS = ["orders", "customers"] as const

export type Flow = (typeof FLOWS)[number]

const isFlow = (name: string): name is Flow => FLOWS.some((known) => known === name)

/** `["orders"]`, or `{ orders: true, customers: false }`, or `"orders,customers"` from the environment. */
const flowsSchema = z.preprocess(
  (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([name, isOn]) => (isOn === true || isOn === "out" ? [name] : isOn === false ? [] : [`${name}: ${String(isOn)}`]))
      : list(value),
  z.array(z.string()).transform((names, context): Flow[] => {
    const wrong = names.filter((name) => name !== "" && name !== "none" && !isFlow(name))
    if (wrong.length > 0) {
      context.addIssue({ code: "custom", message: `there is no flow "${wrong.join('", "')}"; there are ${FLOWS.join(", ")}, and none for no flow at all` })
    }
    return FLOWS.filter((name) => names.includes(name))
  })
)

/** When a sale order is confirmed: at once, once its payment is captured, or by a person in Odoo. */
const CONFIRMATIONS = ["always", "paid", "never"] as const

const REFERENCE = "must contain {display_id} or {id}, so that each order has another reference"

/** The options below `odoo`. */
export const odooSchema = z.strictObject({
  url: text.optional(),
  database: text.optional(),
  username: text.optional(),
  password: z.string("must be a text").min(1).optional(),
  flows: flowsSchema.optional(),
  companyId: z.preprocess(number, z.number().int().min(1)).optional(),
  orderReference: z.string("must be a text").refine((value) => /\{(display_id|id)\}/.test(value), REFERENCE).default("MEDUSA-{display_id}"),
  confirm: z.enum(CONFIRMATIONS, `must be one of ${CONFIRMATIONS.join(", ")}`).default("always"),
  unknownSku: z.enum(["hold", "placeholder"], "must be \"hold\" or \"placeholder\"").default("hold"),
  totalTolerance: z.preprocess(number, z.number().min(0)).default(0),
  discounts: z.enum(["percent", "line"], "must be \"percent\" or \"line\"").default("percent"),
  fiscalPositions: flag.default(false),
  overwritePartners: flag.default(false),
  creditNotes: z.enum(["draft", "posted"], "must be \"draft\" or \"posted\"").default("draft"),
  paymentTerm: z.string("must be a text").trim().min(1).optional(),
  salesTeams: pairsSchema("say which sales team sells in a sales channel, as \"Webshop=Website team\"").default({}),
  locations: pairsSchema("say which stock location Odoo's is, as \"8=sloc_…\" or \"WH/Stock=Main warehouse\"").default({}),
})

/** The options below `odoo`, checked; `connection` and `flows` are the effective ones. */
export type DirectOptions = Omit<z.output<typeof odooSchema>, "url" | "database" | "username" | "password" | "flows"> & {
  /** how Odoo is reached; null where the options do not name an address, a user and a password */
  connection: { url: string; database: string | null; username: string; password: string } | null
  /** the kinds of data that are sent */
  flows: readonly Flow[]
}

/**
 * The effective options of the direct connection. Where the shop has a webhook, only named flows are on: the receiver of the webhook
 * makes sale orders, and each would exist twice. Flows without a connection or with an invalid address are refused. Without flows,
 * unused variables change nothing.
 * @param refuse ends the check with a message about an option below `odoo`
 */
export function directOptions(given: z.output<typeof odooSchema>, hasWebhook: boolean, refuse: (option: string, message: string) => never): DirectOptions {
  const { url, database, username, password, flows: named, ...rest } = given
  const isComplete = url !== undefined && username !== undefined && password !== undefined
  const flows = named ?? (hasWebhook || !isComplete ? [] : FLOWS)
  if (flows.length > 0 && !isComplete) {
    return refuse("flows", "needs odoo.url, odoo.username and odoo.password (ODOO_URL, ODOO_USERNAME, ODOO_PASSWORD)")
  }
  const isReachable = url !== undefined && address.safeParse(url).success
  if (flows.length > 0 && !isReachable) {
    return refuse("url", "must be an http or https address")
  }
  return { ...rest, flows, connection: isComplete && isReachable ? { url, database: database ?? null, username, password } : null }
}
