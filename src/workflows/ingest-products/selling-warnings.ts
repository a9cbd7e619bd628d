import type { ProductSelling } from "../../read-model/products/select-product-selling"
import type { ShopTerms } from "./catalogue"

const unshipped = (profile: string) => `can not be bought: its shipping profile "${profile}" has no shipping option at a stock location of its sales channel.`

/** Reasons why a new product can not be bought; undefined without any. */
export function sellingWarnings({ sales_channel_id, shipping_profile_id, shipping_profile_name, is_shipped }: ShopTerms): string[] | undefined {
  if (sales_channel_id === null) {
    return ["can not be bought: the store has no default sales channel, and the option salesChannelId names none"]
  }
  if (is_shipped) {
    return undefined
  }
  return [
    shipping_profile_name === null
      ? `can not be bought: the shop has no shipping profile ${shipping_profile_id ?? "at all"}`
      : `${unshipped(shipping_profile_name)} Give it one in Medusa, or name another profile in the option shippingProfileId.`,
  ]
}

/**
 * Reasons why a new variant of a present product can not be bought; undefined without any.
 * @param isStocked whether its stock is managed; Medusa ships such goods
 */
export function variantSellingWarnings(selling: ProductSelling | undefined, isStocked: boolean): string[] | undefined {
  if (selling === undefined) {
    return undefined
  }
  if (!selling.is_offered) {
    return ["can not be bought: its product is in no sales channel. Give it one in Medusa."]
  }
  if (selling.shipping_profile_name === null) {
    return isStocked ? ["can not be bought: its product has no shipping profile. Give it one in Medusa."] : undefined
  }
  return selling.is_shipped ? undefined : [`${unshipped(selling.shipping_profile_name)} Give it one in Medusa, or the product another profile.`]
}
