import { createUserAccountWorkflow } from "@medusajs/medusa/core-flows"
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

/** A person at Medusa's dashboard. */
export class Admin {
  private constructor(private readonly api: AxiosInstance) {}

  /** Makes a user and signs in, as the dashboard does. */
  static async signIn(bench: Bench): Promise<Admin> {
    const credentials = { email: "admin@example.com", password: "a-password" }
    const { authIdentity } = await bench.container.resolve("auth").register("emailpass", { body: credentials })
    if (authIdentity === undefined) {
      throw new Error("the admin was not registered")
    }
    await createUserAccountWorkflow(bench.container).run({
      input: { authIdentityId: authIdentity.id, userData: { email: credentials.email } },
    })
    const { data } = await bench.stranger.post<{ token: string }>("/auth/user/emailpass", credentials)
    const api = bench.stranger
    api.defaults.headers.common.authorization = `Bearer ${data.token}`
    return new Admin(api)
  }

  /** Asks Medusa's admin API for something, and throws for what it refuses. */
  async post<T>(path: string, body: unknown = {}): Promise<T> {
    const { status, data } = await this.api.post<T>(path, body)
    if (status >= 400) {
      throw new Error(`POST ${path} answered ${String(status)}: ${JSON.stringify(data)}`)
    }
    return data
  }

  /** The order as the dashboard shows it. */
  async order(id: string): Promise<AdminOrder> {
    const { data } = await this.api.get<{ order: AdminOrder }>(`/admin/orders/${id}`, {
      params: { fields: "+payment_status,+fulfillment_status,*fulfillments,*fulfillments.labels,*items.detail,+metadata" },
    })
    return data.order
  }
}
