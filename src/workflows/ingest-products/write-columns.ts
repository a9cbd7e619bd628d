import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules, ProductVariantWorkflowEvents, ProductWorkflowEvents } from "@medusajs/framework/utils"

import { isHooked } from "../../utils/core-hooks"
import { resetPrices, setPrices, toPriceSets } from "./price-step"
import { noWrites, type ProductWrites } from "./writes"

/** The writes that need no workflow. `releases` are written before. */
const COLUMNS: readonly (keyof ProductWrites)[] = ["releases", "productUpdates", "productUndos", "variantUpdates", "variantUndos", "prices"]

const REST = (Object.keys(noWrites()) as (keyof ProductWrites)[]).filter((name) => !COLUMNS.includes(name))

const isEmpty = (value: ProductWrites[keyof ProductWrites]) =>
  Array.isArray(value) ? value.length === 0 : Object.values(value).every(({ length }) => length === 0)

/** Whether a batch changes only columns, metadata and prices, and no host uses a hook of the workflows for these. */
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

/** Emits the events of Medusa's own workflows, which count a change of prices as an update of the variant. */
async function emitEvents(container: MedusaContainer, { productUpdates, variantUpdates, prices }: ProductWrites): Promise<void> {
  const variantIds = new Set([...variantUpdates.map(({ id }) => id), ...prices.map(({ variant_id }) => variant_id)])
  await container.resolve(Modules.EVENT_BUS).emit([
    ...productUpdates.map(({ id }) => ({ name: ProductWorkflowEvents.UPDATED, data: { id } })),
    ...[...variantIds].map((id) => ({ name: ProductVariantWorkflowEvents.UPDATED, data: { id } })),
  ])
}

/**
 * Writes columns, metadata and prices: all of them or nothing. Most pushes change a few, for which Medusa's workflow engine takes
 * longer than the writing.
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
