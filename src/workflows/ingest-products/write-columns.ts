import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules, ProductVariantWorkflowEvents, ProductWorkflowEvents } from "@medusajs/framework/utils"

import { isHooked } from "../../utils/core-hooks"
import { resetPrices, setPrices, toPriceSets } from "./price-step"
import { noWrites, type ProductWrites } from "./writes"

/** What can be written without a workflow, and what was given up before. */
const COLUMNS: readonly (keyof ProductWrites)[] = ["releases", "productUpdates", "productUndos", "variantUpdates", "variantUndos", "prices"]

const REST = (Object.keys(noWrites()) as (keyof ProductWrites)[]).filter((name) => !COLUMNS.includes(name))

const isEmpty = (value: ProductWrites[keyof ProductWrites]) =>
  Array.isArray(value) ? value.length === 0 : Object.values(value).every(({ length }) => length === 0)

/** Whether a batch changes nothing but columns, metadata and prices, and nobody has hooked into what changes those. */
export function areColumnsOnly(writes: ProductWrites): boolean {
  const { productUpdates, productUndos, variantUpdates, variantUndos, prices } = writes
  return (
    REST.every((name) => isEmpty(writes[name])) &&
    productUpdates.length === productUndos.length &&
    variantUpdates.length === variantUndos.length &&
    prices.every(({ price_set_id }) => price_set_id !== null) &&
    !isHooked("update-products") &&
    !isHooked("update-product-variants")
  )
}

/** Says what Medusa's own workflows say: for them, a variant with other prices is another variant. */
async function emitEvents(container: MedusaContainer, { productUpdates, variantUpdates, prices }: ProductWrites): Promise<void> {
  const variantIds = new Set([...variantUpdates.map(({ id }) => id), ...prices.map(({ variant_id }) => variant_id)])
  await container.resolve(Modules.EVENT_BUS).emit([
    ...productUpdates.map(({ id }) => ({ name: ProductWorkflowEvents.UPDATED, data: { id } })),
    ...[...variantIds].map((id) => ({ name: ProductVariantWorkflowEvents.UPDATED, data: { id } })),
  ])
}

/**
 * Writes what changes nothing but columns, metadata and prices: all of it, or nothing. Most pushes hold a few of these,
 * for which Medusa's workflow engine takes longer than the writing.
 */
export async function writeColumns(container: MedusaContainer, writes: ProductWrites): Promise<void> {
  const product = container.resolve(Modules.PRODUCT)
  const { productUpdates, productUndos, variantUpdates, variantUndos } = writes
  const priceSets = toPriceSets(writes.prices)
  const undos: (() => Promise<unknown>)[] = []
  try {
    if (productUpdates.length > 0) {
      await product.upsertProducts(productUpdates)
      undos.push(() => product.upsertProducts(productUndos))
    }
    if (variantUpdates.length > 0) {
      await product.upsertProductVariants(variantUpdates)
      undos.push(() => product.upsertProductVariants(variantUndos))
    }
    if (priceSets.length > 0) {
      await setPrices(container, priceSets)
      undos.push(() => resetPrices(container, priceSets))
    }
    await emitEvents(container, writes)
  } catch (error) {
    for (const undo of undos.reverse()) {
      await undo()
    }
    throw error
  }
}
