import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import type { Shop } from "./shop"
import { Shopper } from "./shopper"

/**
 * A shopper of a shop without taxes whose shipping is put into the cart by Medusa's module. The store's own route reads the
 * cart, its prices and its stock once more for that, which takes as long as all the rest of a purchase.
 */
export class QuickShopper extends Shopper {
  constructor(
    baseUrl: string,
    shop: Shop,
    private readonly container: MedusaContainer,
    private readonly shippingPrice: number
  ) {
    super(baseUrl, shop)
  }

  protected override async chooseShipping(cartId: string): Promise<void> {
    await this.container
      .resolve(Modules.CART)
      .addShippingMethods(cartId, [{ name: "Courier", amount: this.shippingPrice, shipping_option_id: this.shop.shippingOptionId, data: {} }])
  }
}
