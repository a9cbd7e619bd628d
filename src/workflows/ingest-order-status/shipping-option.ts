import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { WireError } from "../../wire/errors"
import type { LoadedOrder } from "./load-order"

/** The values by which a rule of a shipping option says true. */
const TRUE: readonly unknown[] = [true, "true"]

/**
 * The shipping option of a fulfillment: one of the order's own that fits the goods, or else one of the shop's. An order may
 * have been placed without shipping, or with an option that was deleted since; Medusa's workflow fails for both.
 * @param profileId the shipping profile of the goods; null where any option fits
 * @throws WireError `CONFLICT` when the shop has no shipping option at all
 */
export async function shippingOptionFor(
  container: MedusaContainer,
  order: LoadedOrder,
  profileId: string | null
): Promise<string> {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const ids = order.shipping_methods.flatMap((method) => method.shipping_option_id ?? [])
  const fits = (option: { shipping_profile_id: string | null }) => profileId === null || option.shipping_profile_id === profileId
  const own = ids.length === 0 ? [] : await fulfillment.listShippingOptions({ id: ids })
  const ownFit = own.find(fits)
  if (ownFit !== undefined) {
    return ownFit.id
  }
  const all = await fulfillment.listShippingOptions({}, { relations: ["rules"], take: null })
  const outward = all.filter((option) => !option.rules.some((rule) => rule.attribute === "is_return" && TRUE.includes(rule.value)))
  // where none fits, Medusa refuses the fulfillment with its own reason
  const option = outward.find(fits) ?? own[0] ?? outward[0]
  if (option === undefined) {
    throw new WireError("CONFLICT", "The shop has no shipping option by which the order could be fulfilled.")
  }
  return option.id
}
