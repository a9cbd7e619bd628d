import type { AxiosInstance } from "axios"

import type { Bench } from "./suite"

/** What Medusa's admin API shows of an order, as far as the tests look. */
export type AdminOrder = {
  id: string
  status: string
  payment_status: string
  fulfillment_status: string
  total: number
  metadata: Record<string, unknown> | null
  items: { id: string; variant_sku: string; quantity: number; total: number; subtotal: number; detail: { fulfilled_quantity: number } }[]
  fulfillments: {
    id: string
    packed_at: string | null
    shipped_at: string | null
    delivered_at: string | null
    location_id: string
    labels: { tracking_number: string; tracking_url: string }[]
  }[]
  payment_collections: { id: string; captured_amount: number; payments: { id: string; captures: { amount: number }[] }[] }[]
}

/** What Medusa says of how far an order has come. */
export type OrderStanding = Pick<AdminOrder, "id" | "status" | "payment_status" | "fulfillment_status">

const PAGE = 200

/** A person at Medusa's dashboard. */
export class Admin {
  /** @param api a client that is signed in and throws for no status */
  constructor(private readonly api: AxiosInstance) {}

  /** Makes a user and signs in, as the dashboard does. */
  static async signIn(bench: Bench): Promise<Admin> {
    return new Admin(await bench.admin())
  }

  /** Asks Medusa's admin API for something, and throws for what it refuses. */
  async post<T>(path: string, body: unknown = {}): Promise<T> {
    const { status, data } = await this.api.post<T>(path, body)
    return accepted(`POST ${path}`, status, data)
  }

  /** How far each order has come. */
  async standings(): Promise<OrderStanding[]> {
    const standings: OrderStanding[] = []
    for (let more = true; more; ) {
      const { orders, count } = await this.#get<{ orders: OrderStanding[]; count: number }>("/admin/orders", {
        fields: "id,status,payment_status,fulfillment_status",
        order: "id",
        limit: PAGE,
        offset: standings.length,
      })
      standings.push(...orders.map(({ id, status, payment_status, fulfillment_status }) => ({ id, status, payment_status, fulfillment_status })))
      more = orders.length > 0 && standings.length < count
    }
    return standings
  }

  /** The order as the dashboard shows it. */
  async order(id: string): Promise<AdminOrder> {
    const { order } = await this.#get<{ order: AdminOrder }>(`/admin/orders/${id}`, {
      fields: "+payment_status,+fulfillment_status,*fulfillments,*fulfillments.labels,*items.detail,+metadata",
    })
    return order
  }

  async #get<T>(path: string, params: Record<string, unknown>): Promise<T> {
    const { status, data } = await this.api.get<T>(path, { params })
    return accepted(`GET ${path}`, status, data)
  }
}

function accepted<T>(asked: string, status: number, data: T): T {
  if (status >= 400) {
    throw new Error(`${asked} answered ${String(status)}: ${JSON.stringify(data)}`)
  }
  return data
}
