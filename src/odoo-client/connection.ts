/** A protocol of Odoo's external API: JSON-2 from Odoo 19 on, JSON-RPC in Odoo 16 to 19. */
export type ProtocolName = "json-2" | "json-rpc"

/** The address of an Odoo, and the user of the calls. */
export type OdooConnection = {
  /** the address of the server without a path, such as `https://shop.odoo.com` */
  url: string
  /** null where the server has only one database */
  database: string | null
  /** the login of a user, such as `medusa@shop.com` */
  username: string
  /** the user's password, or one of the user's API keys */
  password: string
  /** the protocol to use; where it is missing, the client finds it */
  protocol?: ProtocolName
  /** the time-out of one answer in milliseconds; 30,000 where it is missing */
  timeoutMs?: number
  /** Odoo's context for each call, such as `{ tz: "UTC" }`; a call may add to it */
  context?: Readonly<Record<string, unknown>>
  /** the largest number of calls at the same time; 8 where it is missing */
  concurrency?: number
}

/** A call of a method. */
export type OdooCall = {
  /** such as `sale.order` */
  model: string
  /** such as `search_read` */
  method: string
  /** the parameters by name; `ids` are the records that the method is called on, `context` is Odoo's context */
  parameters: Record<string, unknown>
}

/** The version of an Odoo. */
export type OdooVersion = {
  /** such as `19.0` or `saas~18.3+e` */
  name: string
  /** the first number, such as 19 */
  major: number
}
