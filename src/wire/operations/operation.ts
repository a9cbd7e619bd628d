import type { z } from "zod"

import type { WireErrorCode } from "../errors"
import type { Scope } from "../scopes"

/** One call that shows how an operation is used, and what comes back. */
export type OperationExample = {
  params?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string>>
  body?: unknown
  answer: unknown
}

/** What a route asks of a key. Under `/admin` keys of the Odoo side open nothing. */
type Access =
  | {
      /** as OpenAPI writes it: `/odoo/orders/{id}/synced` */
      path: `/odoo${string}`
      /** what a key must be allowed to do */
      scope: Scope
      /** what it must be allowed to do beside that where the body has one of these members set */
      scopesWith?: Readonly<Record<string, Scope>>
    }
  | { path: `/admin${string}`; scope?: never; scopesWith?: never }

/** One route of the wire, as the API's description tells it. It is made of the schemas that validate. */
export type Operation = Access & {
  method: "get" | "post" | "patch" | "delete"
  tag: "Orders" | "Customers" | "Products" | "Inventory" | "Webhooks" | "Service" | "Tools"
  /** a few words */
  summary: string
  /** what a caller has to know beyond the schemas; CommonMark */
  description?: string
  /** what each parameter of the path stands for */
  params?: Readonly<Record<string, string>>
  query?: z.ZodObject
  body?: z.ZodType
  /** the body of a 200 */
  answer: z.ZodType
  /** what it is served as, where that is not JSON */
  answerType?: string
  /** in which other forms a 200 can be had, by their media types, with an example of each */
  otherForms?: Readonly<Record<string, { answer: z.ZodType; example: unknown }>>
  /** the codes it may answer beside those that any route may */
  errors: readonly WireErrorCode[]
  /** the first is the one that is shown first */
  examples: Readonly<Record<string, OperationExample>>
}

/** Keeps the literal types of an operation while checking it. */
export const operation = (description: Operation): Operation => description
