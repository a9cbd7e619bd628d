import type { IProductModuleService, UpsertProductDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse, transform, when, type WorkflowData } from "@medusajs/framework/workflows-sdk"
import * as coreFlows from "@medusajs/medusa/core-flows"

import type { OptionValueChange, ProductWrites } from "./writes"

const { updateProductOptionValuesOnProductStep } = coreFlows as Partial<typeof coreFlows>

/** Whether an option can belong to several products. Up to 2.15 it belongs to one, and is written with that product. */
const hasSharedOptions = updateProductOptionValuesOnProductStep !== undefined

/** All values of an option that belongs to one product. Medusa writes them together. */
type ValuesOfOption = { id: string; values: string[] }

async function presentValues(service: IProductModuleService, changes: readonly OptionValueChange[]) {
  const options = await service.listProductOptions(
    { id: changes.map(({ product_option_id: id }) => id) },
    { relations: ["values"], take: changes.length }
  )
  return new Map(options.map(({ id, values }) => [id, values]))
}

/** Sets the values of options that belong to one product. */
const changeOwnValuesStep = (name: string) =>
  createStep(
    name,
    async (changes: OptionValueChange[], { container }) => {
      const service = container.resolve(Modules.PRODUCT)
      const present = await presentValues(service, changes)
      const before: ValuesOfOption[] = []
      const after: ValuesOfOption[] = []
      for (const { product_option_id: id, add = [], remove = [] } of changes) {
        const values = present.get(id) ?? []
        before.push({ id, values: values.map(({ value }) => value) })
        const kept = values.filter((value) => !remove.includes(value.id)).map(({ value }) => value)
        after.push({ id, values: [...new Set([...kept, ...add.map(({ value }) => value)])] })
      }
      await service.upsertProductOptions(after)
      return new StepResponse(undefined, before)
    },
    async (before, { container }) => {
      if (before !== undefined) {
        await container.resolve(Modules.PRODUCT).upsertProductOptions(before)
      }
    }
  )

/** Adds values to options that products have. */
export const addOptionValuesStep = updateProductOptionValuesOnProductStep ?? changeOwnValuesStep("odoo-add-option-values-step")

/** Removes values that no variant has any more from their products. */
export const removeOptionValuesStep = hasSharedOptions
  ? createStep(
      "odoo-remove-option-values-step",
      async (changes: OptionValueChange[], { container }) => {
        await container.resolve(Modules.PRODUCT).updateProductOptionValuesOnProduct(changes)
        return new StepResponse(undefined, changes)
      },
      async (changes, { container }) => {
        if (changes !== undefined) {
          const back = changes.map(({ remove, ...about }) => ({ ...about, add: remove }))
          await container.resolve(Modules.PRODUCT).updateProductOptionValuesOnProduct(back)
        }
      }
    )
  : changeOwnValuesStep("odoo-remove-option-values-step")

/** Names the options of products by their titles and values, where they can not be named by their ids. */
const ownOptionsStep = createStep(
  "odoo-own-options-step",
  async ({ productUpdates, options: made }: Pick<ProductWrites, "productUpdates" | "options">, { container }) => {
    const ids = productUpdates.flatMap(({ option_ids = [] }) => option_ids)
    const present = ids.length === 0 ? [] : await container.resolve(Modules.PRODUCT).listProductOptions({ id: ids }, { relations: ["values"], take: ids.length })
    const options = new Map([
      ...present.map(({ id, title, values }) => [id, { title, values: values.map(({ value }) => value) }] as const),
      ...made.map(({ id, title, values }) => [id, { title, values }] as const),
    ])
    return new StepResponse(
      productUpdates.map(({ option_ids: named, ...update }): UpsertProductDTO & { id: string } => {
        const own = named === undefined ? {} : { options: named.flatMap((id) => options.get(id) ?? []) }
        return { ...update, ...own }
      })
    )
  }
)

/** The updates of products in the form that this version of Medusa accepts. */
export const productUpdatesOf = (writes: WorkflowData<ProductWrites>) =>
  hasSharedOptions ? transform(writes, ({ productUpdates }) => productUpdates) : ownOptionsStep(writes)

/** Creates the new options of products. An option that belongs to one product is created with the update of the product instead. */
export function createOptions(writes: WorkflowData<ProductWrites>): void {
  if (hasSharedOptions) {
    when("odoo-when-options", writes, ({ options }) => options.length > 0).then(() => {
      coreFlows.createProductOptionsStep(writes.options)
    })
  }
}
