import type { z } from "zod"

import type { WireErrorCode } from "../errors"
import type { Scope } from "../scopes"

/** An example of a request, with its answer. */
export type OperationExample = {
  params?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string>>
  body?: unknown
  answer: unknown
}

/** The access to a route. API keys of Odoo's side open no route under `/admin`. */
type Access =
  | {
      /** as OpenAPI writes it: `/odoo/orders/{id}/synced` */
      path: `/odoo${string}`
      /** the scope that a key needs */
      scope: Scope
      /** further scopes that a key needs where the body sets these members */
      scopesWith?: Readonly<Record<string, Scope>>
    }
  | { path: `/admin${string}`; scope?: never; scopesWith?: never }

/** A route of the wire: its schemas check requests, and the API's description is made from it. */
export type Operation = Access & {
  method: "get" | "post" | "patch" | "delete"
  tag: "Orders" | "Customers" | "Products" | "Inventory" | "Webhooks" | "Service" | "Tools"
  /** a few words */
  summary: string
  /** explanations beyond the schemas, in CommonMark */
  description?: string
  /** the meaning of each parameter in the path */
  params?: Readonly<Record<string, string>>
  query?: z.ZodObject
  body?: z.ZodType
  /** the body of an answer with status 200 */
  answer: z.ZodType
  /** the media type of that answer, where it is not JSON */
  answerType?: string
  /** other media types of that answer, with an example of each */
  otherForms?: Readonly<Record<string, { answer: z.ZodType; example: unknown }>>
  /** error codes of this route, in addition to those of every route */
  errors: readonly WireErrorCode[]
  /** by name; the description shows the first one first */
  examples: Readonly<Record<string, OperationExample>>
}

/** Checks an operation and keeps its literal types. */
export const operation = (description: Operation): Operation => description
