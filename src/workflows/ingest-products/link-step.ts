import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import type { Pair } from "./create-steps"

/** The links of products and variants, by the names of Medusa's modules. */
const LINKS = {
  price_sets: [Modules.PRODUCT, "variant_id", Modules.PRICING, "price_set_id"],
  inventory_items: [Modules.PRODUCT, "variant_id", Modules.INVENTORY, "inventory_item_id"],
  sales_channels: [Modules.PRODUCT, "product_id", Modules.SALES_CHANNEL, "sales_channel_id"],
  shipping_profiles: [Modules.PRODUCT, "product_id", Modules.FULFILLMENT, "shipping_profile_id"],
} as const

type LinkKind = keyof typeof LINKS

/** The links to create, by kind. */
export type NewLinks = Record<LinkKind, Pair[]>

const KINDS = Object.keys(LINKS) as LinkKind[]

function definitions(kind: LinkKind, pairs: readonly Pair[]) {
  const [module, key, otherModule, otherKey] = LINKS[kind]
  return pairs.map(({ own, other }) => ({ [module]: { [key]: own }, [otherModule]: { [otherKey]: other } }))
}

async function createLinks(container: MedusaContainer, kind: LinkKind, pairs: Pair[]): Promise<void> {
  const links = container.resolve(ContainerRegistrationKeys.LINK)
  const [module, key, otherModule, otherKey] = LINKS[kind]
  const service = links.getLinkModule(module, key, otherModule, otherKey)
  if (service === undefined) {
    await links.create(definitions(kind, pairs))
    return
  }
  const data = kind === "inventory_items" ? { required_quantity: 1 } : undefined
  await service.create(pairs.map(({ own, other }): [string, string, Record<string, unknown>?] => [own, other, data]))
}

/**
 * Creates the links of new products and variants. Medusa's `link.create` first searches for contradicting links, with a condition
 * for each, which takes longer than the writing; new records have none.
 */
export const linkNewStep = createStep(
  "odoo-link-new-products-step",
  async (links: NewLinks, { container }) => {
    const made: NewLinks = { price_sets: [], inventory_items: [], sales_channels: [], shipping_profiles: [] }
    try {
      for (const kind of KINDS) {
        if (links[kind].length > 0) {
          await createLinks(container, kind, links[kind])
          made[kind] = links[kind]
        }
      }
    } catch (error) {
      // Medusa does not compensate the step that failed
      await dismiss(container, made)
      throw error
    }
    return new StepResponse(undefined, made)
  },
  async (made, { container }) => {
    if (made !== undefined) {
      await dismiss(container, made)
    }
  }
)

async function dismiss(container: MedusaContainer, made: NewLinks): Promise<void> {
  const links = KINDS.flatMap((kind) => definitions(kind, made[kind]))
  if (links.length > 0) {
    await container.resolve(ContainerRegistrationKeys.LINK).dismiss(links)
  }
}
