import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { updatePrices } from "../../core-writes/update-prices"
import { writesDirectly } from "../../core-writes/writes-directly"
import { emitPriceEvents } from "./price-events"
import type { PriceWrite, VariantPrices } from "./writes"

async function addPrices(container: MedusaContainer, variants: readonly { priceSetId: string; prices: PriceWrite[] }[]) {
  const given = variants.filter(({ prices }) => prices.length > 0)
  if (given.length > 0) {
    await container.resolve(Modules.PRICING).addPrices(given.map(({ priceSetId, prices }) => ({ priceSetId, prices })))
  }
}

/** Sets prices that are there in one statement, where the table is the one that we know, and has the service add the others. */
export async function setPrices(container: MedusaContainer, variants: readonly { priceSetId: string; prices: PriceWrite[] }[]) {
  if (!(await writesDirectly(container, "price"))) {
    await addPrices(container, variants)
    return
  }
  // the service first: it has a transaction of its own, and what it refuses leaves nothing behind
  await addPrices(container, variants.map(({ priceSetId, prices }) => ({ priceSetId, prices: prices.filter(({ id }) => id === undefined) })))
  const present = variants.flatMap(({ prices }) => prices.flatMap(({ id, amount }) => (id === undefined ? [] : { id, amount })))
  if (present.length > 0) {
    const written = await updatePrices(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), present)
    await emitPriceEvents(container, "updated", written)
  }
}

/** What is to become of the prices of a price set, and what was there. */
type PriceSetChange = { priceSetId: string; prices: PriceWrite[]; previous: PriceWrite[] }

/** The changes of those variants that have a price set. */
export const toPriceSets = (variants: readonly VariantPrices[]): PriceSetChange[] =>
  variants.flatMap(({ price_set_id: priceSetId, prices, previous }) => (priceSetId === null ? [] : [{ priceSetId, prices, previous }]))

/** Makes prices what they were before {@link setPrices}: those that it added go. */
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
 * Sets plain prices, and leaves all others as they are. Medusa's own workflows take a list for the whole of a
 * variant's prices: they drop those of other currencies and their rules, and when they are undone they drop all.
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
