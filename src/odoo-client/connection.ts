/** How Odoo can be spoken to: JSON-2 from Odoo 19 on, JSON-RPC in 16 to 19. */
export const PROTOCOLS = ["json-2", "json-rpc"] as const

export type ProtocolName = (typeof PROTOCOLS)[number]

/** Where an Odoo is, and who asks. */
export type OdooConnection = {
  /** the address of the server, such as `https://shop.odoo.com`; no path below it */
  url: string
  /** null where the server has one database alone */
  database: string | null
  /** the login of a user, such as `medusa@shop.com` */
  username: string
  /** the user's password, or one of the user's API keys */
  password: string
  /** the protocol to speak; where none is given, Odoo is asked which one serves */
  protocol?: ProtocolName
  /** milliseconds for one answer; 30,000 where nothing is given */
  timeoutMs?: number
  /** Odoo's context for each call, such as `{ tz: "UTC" }`; a call may add to it */
  context?: Readonly<Record<string, unknown>>
  /** the largest number of calls at the same time; 8 where nothing is given */
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

/** The version that an Odoo says it has. */
export type OdooVersion = {
  /** such as `19.0` or `saas~18.3+e` */
  name: string
  /** the first number, such as 19 */
  major: number
}
