import { Modules } from "@medusajs/framework/utils"
import axios, { type AxiosInstance, type AxiosResponse } from "axios"

import { EXAMPLE } from "../../src/wire/operations/example-ids"
import type { Operation, OperationExample } from "../../src/wire/operations/operation"
import { makeAdminAccess } from "./admin-access"
import { API_KEY, type Bench } from "./suite"
import { waitFor } from "./wait"
import { createEvent, listEvents } from "./events"

/** A call of an operation: what goes into its path, its query and its body. The body is sent as it stands. */
export type Call = {
  params?: Readonly<Record<string, string>> | undefined
  /** as it stands behind the question mark */
  query?: string | undefined
  body?: string | Buffer | undefined
  contentType?: string
}

/** What stands in for the ids of the examples: a shop's own. */
export type ExampleIds = Record<keyof typeof EXAMPLE, string>

/** Makes, in the shop, what the examples speak of. */
export async function makeExampleRecords(bench: Bench): Promise<ExampleIds> {
  // Odoo takes the order, but does not name it: the examples are the ones to do that
  bench.standIn.answer = () => ({ body: { jsonrpc: "2.0", id: null, result: { success: true } } })
  const { id: orderId } = await bench.shopper.buy(["SHIRT-S", "SHIRT-M", "MUG-WHITE"].map((sku) => ({ sku, quantity: 2 })))
  await waitFor("the order is told to Odoo", async () => {
    const [event] = await listEvents(bench.odoo, { record_id: orderId })
    return event?.status === "delivered"
  })
  bench.standIn.reset()
  const customer = await bench.container.resolve(Modules.CUSTOMER).createCustomers({ email: "noor@example.com", first_name: "Noor", has_account: true })
  // what a push of the product has written down
  await bench.container.resolve(Modules.PRODUCT).updateProductVariants(bench.shop.variants["SHIRT-S"]?.id ?? "", { metadata: { odoo_id: "7" } })
  const event = await createEvent(bench.odoo, {
    record_kind: "order",
    record_id: orderId,
    name: "order.status_updated",
    body: "{}",
    status: "failed",
    attempts: 4,
    next_attempt_at: new Date(),
  })
  await bench.odoo.createOdooAttempts({ delivery_id: event.delivery_id, number: 1, started_at: new Date(), duration_ms: 5 })
  const refusal = await bench.odoo.createOdooRefusals({
    record_kind: "order",
    record_id: orderId,
    said: "order.cancelled",
    code: "CONFLICT",
    message: "It was shipped.",
    refused_at: new Date(),
  })
  return {
    orderId,
    customerId: customer.id,
    locationId: bench.shop.locationId,
    locationName: bench.shop.locationName,
    eventId: event.id,
    refusalId: refusal.id,
  }
}

/** An example with the shop's ids in the place of those that a reader sees. */
export function withIdsOf(example: OperationExample, ids: ExampleIds): OperationExample {
  const names = Object.keys(EXAMPLE) as (keyof typeof EXAMPLE)[]
  const text = names.reduce((replaced, name) => replaced.replaceAll(EXAMPLE[name], ids[name]), JSON.stringify(example))
  return JSON.parse(text) as OperationExample
}

/** An example as a call. */
export function callOf(example: OperationExample): Call {
  const { params, query, body } = example
  return {
    params: params && Object.fromEntries(Object.entries(params).map(([name, value]) => [name, encodeURIComponent(value)])),
    query: query && new URLSearchParams(query).toString(),
    body: body === undefined ? undefined : JSON.stringify(body),
  }
}

/** Calls operations of the booted shop, each with the access that it asks for. */
export class ApiCaller {
  private constructor(private readonly http: AxiosInstance, private readonly admin: string) {}

  static async of(bench: Bench): Promise<ApiCaller> {
    const http = axios.create({ baseURL: bench.client.defaults.baseURL ?? "", validateStatus: () => true, maxRedirects: 0 })
    return new ApiCaller(http, await makeAdminAccess(bench.container))
  }

  async call({ method, path }: Pick<Operation, "path"> & { method: string }, call: Call): Promise<AxiosResponse<unknown>> {
    const { params = {}, query = "", body, contentType = "application/json" } = call
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "")
    return await this.http.request({
      method,
      url: query === "" ? url : `${url}?${query}`,
      data: body,
      // what a test sends as text or bytes is sent so, and not made into JSON once more
      transformRequest: (data: unknown) => data,
      headers: {
        ...(path.startsWith("/admin") ? { authorization: this.admin } : { "x-odoo-api-key": API_KEY }),
        ...(body === undefined ? {} : { "content-type": contentType }),
      },
    })
  }
}
