import { parsedJson } from "../wire/parsed-json"
import { nameOfCall, readFailure } from "./errors"
import type { OdooCall, OdooConnection } from "./connection"
import type { OdooHttp } from "./http"
import type { Protocol } from "./protocol"

/** JSON-2, the protocol of Odoo 19 and later: each method has an address, parameters have names, an API key is the bearer token. */
export class Json2 implements Protocol {
  constructor(
    private readonly http: OdooHttp,
    private readonly connection: OdooConnection & { timeoutMs: number }
  ) {}

  async call(call: OdooCall): Promise<unknown> {
    const { database, password, timeoutMs } = this.connection
    const answer = await this.http.ask({
      method: "POST",
      path: `/json/2/${call.model}/${call.method}`,
      body: call.parameters,
      headers: { authorization: `bearer ${password}`, ...(database === null ? {} : { "x-odoo-database": database }) },
      call: nameOfCall(call),
      timeoutMs,
    })
    const parsed = parsedJson(answer.body)
    if (answer.status !== 200 || parsed === undefined) {
      throw readFailure(answer, parsed?.json, nameOfCall(call), [password])
    }
    return parsed.json
  }
}
