import axios, { type AxiosError, type AxiosInstance } from "axios"

import { repeatBrokenRequests } from "./repeat"
import type { Shop } from "./shop"

/** What a shopper sees of an order that was just placed. */
export type PlacedOrder = { id: string; display_id: number; total: number; currency_code: string }

export type CartLine = { sku: string; quantity: number }

export type CartOptions = { email?: string; address?: Address; promotionCodes?: string[] }

/** Who buys where a test does not say. */
export const USUAL_GUEST = "layla@example.com"

export type Address = {
  first_name: string
  last_name: string
  address_1: string
  city: string
  country_code: string
  postal_code?: string
  phone?: string
  company?: string
  province?: string
}

export const ADDRESS: Address = {
  first_name: "Layla",
  last_name: "Al-Sabah",
  address_1: "Salem Al-Mubarak Street 12",
  city: "Kuwait City",
  country_code: "kw",
  postal_code: "20001",
  phone: "+96522220000",
}

/**
 * A person in the shop: goes through the store's real API, from the cart to the order.
 */
export class Shopper {
  readonly #store: AxiosInstance

  /** @param patienceMs for how long a request that found nobody, or broke off, is repeated, as a browser does */
  constructor(
    baseUrl: string,
    protected readonly shop: Shop,
    patienceMs = 0
  ) {
    this.#store = axios.create({
      baseURL: baseUrl,
      headers: { "x-publishable-api-key": shop.publishableKey },
    })
    repeatBrokenRequests(this.#store, patienceMs)
    // what the shop answered, instead of a request with its sockets
    this.#store.interceptors.response.use(undefined, (error: AxiosError) => {
      const { config, response } = error
      const asked = `${config?.method?.toUpperCase() ?? ""} ${config?.url ?? ""}`
      throw new Error(`${asked} answered ${String(response?.status ?? error.code)}: ${JSON.stringify(response?.data ?? null)}`)
    })
  }

  /** How many pieces of a variant the shop says can be bought. */
  async availabilityOf(sku: string): Promise<number> {
    const { data } = await this.#store.get<{ products: { variants: { sku: string; inventory_quantity: number }[] }[] }>(
      "/store/products",
      { params: { fields: "*variants,+variants.inventory_quantity", region_id: this.shop.regionId, limit: 100 } }
    )
    const variant = data.products.flatMap((product) => product.variants).find((found) => found.sku === sku)
    if (variant === undefined) {
      throw new Error(`the shop does not show ${sku}`)
    }
    return variant.inventory_quantity
  }

  /** Buys: cart, lines, addresses, shipping, payment, order. */
  async buy(lines: CartLine[], options: CartOptions = {}): Promise<PlacedOrder> {
    return await this.checkOut(await this.fillCart(lines, options))
  }

  /**
   * Goes as far as one can before the order: cart, lines, addresses, shipping, payment.
   * @returns the cart's id
   */
  async fillCart(lines: CartLine[], options: CartOptions = {}): Promise<string> {
    const address = options.address ?? ADDRESS
    const { data: created } = await this.#store.post<{ cart: { id: string } }>("/store/carts", {
      region_id: this.shop.regionId,
      sales_channel_id: this.shop.salesChannelId,
      email: options.email ?? USUAL_GUEST,
      shipping_address: address,
      billing_address: address,
      // with the cart, because each request for a line has Medusa price and tax the whole cart again
      items: lines.map(({ sku, quantity }) => ({ variant_id: this.shop.variants[sku]?.id, quantity })),
    })
    await this.chooseShipping(created.cart.id)
    if (options.promotionCodes !== undefined) {
      await this.#store.post(`/store/carts/${created.cart.id}/promotions`, { promo_codes: options.promotionCodes })
    }
    const { data: payment } = await this.#store.post<{ payment_collection: { id: string } }>(
      "/store/payment-collections",
      { cart_id: created.cart.id }
    )
    await this.#store.post(`/store/payment-collections/${payment.payment_collection.id}/payment-sessions`, {
      provider_id: "pp_system_default",
    })
    return created.cart.id
  }

  /** Chooses the shop's shipping option for a cart. */
  protected async chooseShipping(cartId: string): Promise<void> {
    await this.#store.post(`/store/carts/${cartId}/shipping-methods`, { option_id: this.shop.shippingOptionId })
  }

  /** Makes an order of a cart. */
  async checkOut(cartId: string): Promise<PlacedOrder> {
    const { data: completed } = await this.#store.post<{ type: string; order: PlacedOrder; error?: { message: string } }>(
      `/store/carts/${cartId}/complete`
    )
    if (completed.type !== "order") {
      throw new Error(`the cart did not become an order: ${completed.error?.message ?? "no reason given"}`)
    }
    return completed.order
  }
}
