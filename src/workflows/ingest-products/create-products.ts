import { createProductsWorkflow, emitEventStep } from "@medusajs/medusa/core-flows"
import { ProductVariantWorkflowEvents, ProductWorkflowEvents } from "@medusajs/framework/utils"
import { createWorkflow, transform, when, type WorkflowData, WorkflowResponse } from "@medusajs/framework/workflows-sdk"

import { isHooked } from "../../utils/core-hooks"
import { inventoryEvents } from "../../utils/inventory-events"
import { createBareProductsStep, createOwnItemsStep, createOwnPricesStep, requireItemsStep, type Pair } from "./create-steps"
import { linkNewStep } from "./link-step"
import type { NewProduct, ProductWrites } from "./writes"

const isSome = (list: readonly unknown[]) => list.length > 0

const variantsOf = (products: readonly NewProduct[]) => products.flatMap(({ variants }) => variants)

const idsOf = (records: readonly { id: string }[]) => records.map(({ id }) => ({ id }))

function sellingLinks(products: readonly NewProduct[]) {
  return {
    sales_channels: products.flatMap(({ id: own, sales_channels: channels = [] }) => channels.map(({ id: other }): Pair => ({ own, other }))),
    shipping_profiles: products.flatMap(({ id: own, shipping_profile_id: other }): Pair[] => (other ? [{ own, other }] : [])),
  }
}

/**
 * Creates products as Medusa's own workflow does, with the same order, links and events, but without reading them back, and with
 * one call to each service.
 */
const createBareProductsWorkflow = createWorkflow("odoo-create-products", (products: WorkflowData<NewProduct[]>) => {
  createBareProductsStep(products)
  const variants = transform(products, variantsOf)
  const taken = transform(variants, (all) =>
    all.flatMap(({ id: own, manage_inventory, inventory_items: items = [] }) =>
      manage_inventory === true ? items.map(({ inventory_item_id: other }): Pair => ({ own, other })) : []
    )
  )
  when("odoo-when-taken-items", taken, isSome).then(() => {
    requireItemsStep(transform(taken, (pairs) => pairs.map(({ other }) => other)))
  })
  const stocked = transform(variants, (all) =>
    all.filter(({ manage_inventory, inventory_items: items = [] }) => manage_inventory === true && items.length === 0)
  )
  const items = createOwnItemsStep(stocked)
  const priceSets = createOwnPricesStep(transform(variants, (all) => all.map(({ id, prices }) => ({ id, prices }))))
  linkNewStep(
    transform({ products, taken, items, priceSets }, (made) => ({
      ...sellingLinks(made.products),
      inventory_items: [...made.taken, ...made.items],
      price_sets: made.priceSets,
    }))
  )
  if (inventoryEvents.itemCreated !== undefined) {
    emitEventStep({
      eventName: inventoryEvents.itemCreated,
      data: transform(items, (pairs) => pairs.map(({ other: id }) => ({ id }))),
    }).config({ name: "odoo-tell-of-items" })
  }
  emitEventStep({ eventName: ProductVariantWorkflowEvents.CREATED, data: transform(variants, idsOf) }).config({ name: "odoo-tell-of-variants" })
  emitEventStep({ eventName: ProductWorkflowEvents.CREATED, data: transform(products, idsOf) }).config({ name: "odoo-tell-of-products" })
  return new WorkflowResponse(undefined)
})

/** Creates products: by Medusa's own workflow where a host uses a hook of the workflow, otherwise in half the time. */
export function writeNewProducts(writes: WorkflowData<ProductWrites>): void {
  const making = transform(writes, ({ products: all }) => ({
    all,
    hooked: isHooked("create-products") || isHooked("create-product-variants"),
  }))
  when("odoo-when-hooked-products", making, ({ all, hooked }) => hooked && isSome(all)).then(() => {
    createProductsWorkflow.runAsStep({ input: transform(making, ({ all }) => ({ products: all })) })
  })
  when("odoo-when-bare-products", making, ({ all, hooked }) => !hooked && isSome(all)).then(() => {
    createBareProductsWorkflow.runAsStep({ input: transform(making, ({ all }) => all) })
  })
}
