import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { updatePrices } from "../../core-writes/update-prices"
import { writesDirectly } from "../../core-writes/writes-directly"
import { emitPriceEvents } from "./price-events"
import type { PriceWrite, VariantPrices } from "./writes"

/** Adds prices through Medusa's service; one with an id replaces that price. */
export async function addPrices(container: MedusaContainer, variants: readonly { priceSetId: string; prices: PriceWrite[] }[]) {
  const given = variants.filter(({ prices }) => prices.length > 0)
  if (given.length > 0) {
    await container.resolve(Modules.PRICING).addPrices(given.map(({ priceSetId, prices }) => ({ priceSetId, prices })))
  }
}

/** Writes prices: changed ones in one statement where the table is unchanged (`writesDirectly`), new ones through Medusa's service. */
export async function setPrices(container: MedusaContainer, variants: readonly { priceSetId: string; prices: PriceWrite[] }[]) {
  if (!(await writesDirectly(container, "price"))) {
    await addPrices(container, variants)
    return
  }
  // the service comes first: it has its own transaction, so that nothing is written where it refuses
  await addPrices(container, variants.map(({ priceSetId, prices }) => ({ priceSetId, prices: prices.filter(({ id }) => id === undefined) })))
  const present = variants.flatMap(({ prices }) => prices.flatMap(({ id, amount }) => (id === undefined ? [] : { id, amount })))
  if (present.length > 0) {
    const written = await updatePrices(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), present)
    await emitPriceEvents(container, "updated", written)
  }
}

/** The new prices of a price set, and the former ones. */
type PriceSetChange = { priceSetId: string; prices: PriceWrite[]; previous: PriceWrite[] }

/** The changes of variants that have a price set. */
export const toPriceSets = (variants: readonly VariantPrices[]): PriceSetChange[] =>
  variants.flatMap(({ price_set_id: priceSetId, prices, previous }) => (priceSetId === null ? [] : [{ priceSetId, prices, previous }]))

/** Restores the prices before {@link setPrices}, and removes added ones. */
export async function resetPrices(container: MedusaContainer, known: readonly PriceSetChange[]): Promise<void> {
  const pricing = container.resolve(Modules.PRICING)
  const added = new Set(known.flatMap(({ priceSetId, prices }) =>
    prices.flatMap(({ id, currency_code }) => (id === undefined ? [`${priceSetId} ${currency_code}`] : []))
  ))
  const sets = await pricing.listPriceSets(
    { id: known.map(({ priceSetId }) => priceSetId) },
    { relations: ["prices", "prices.price_rules"] }
  )
  const surplus = sets.flatMap((set) => (set.prices ?? []).filter((price) =>
    added.has(`${set.id} ${price.currency_code ?? ""}`) && (price.price_rules ?? []).length === 0
  ))
  await pricing.removePrices(surplus.map(({ id }) => id))
  await addPrices(container, known.map(({ priceSetId, previous }) => ({ priceSetId, prices: previous })))
}

/**
 * Writes prices without rules. Medusa's own workflows take the given list as all prices of the variant: they delete those of other
 * currencies and rules, and on compensation all of them.
 */
export const setPricesStep = createStep(
  "odoo-set-prices-step",
  async (variants: VariantPrices[], { container }) => {
    const known = toPriceSets(variants)
    await setPrices(container, known)
    return new StepResponse(undefined, known)
  },
  async (known, { container }) => {
    if (known !== undefined) {
      await resetPrices(container, known)
    }
  }
)
