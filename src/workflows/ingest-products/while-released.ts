import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { DirectTable } from "../../core-writes/columns"
import { moveCodes, movedRecords, type CodeChange, type CodeMoves } from "../../core-writes/move-codes"
import { writesDirectly } from "../../core-writes/writes-directly"
import { emitOfModule } from "../../utils/emit-written"
import { slugOf } from "../../wire/handle"

/** What Medusa's modules call the records whose updates they tell of. Of a product its module tells nothing. */
const TOLD: Partial<Record<DirectTable, { source: string; object: string }>> = {
  product_variant: { source: Modules.PRODUCT, object: "product_variant" },
  inventory_item: { source: Modules.INVENTORY, object: "inventory_item" },
}

const turn = <Code extends string | null>(changes: readonly CodeChange<Code>[]) =>
  changes.map(({ id, from, to }) => ({ id, from: to, to: from }))

/** What undoes moves. */
const reverse = ({ handles, skus, barcodes, itemSkus }: CodeMoves): CodeMoves => ({
  handles: turn(handles),
  skus: turn(skus),
  barcodes: turn(barcodes),
  itemSkus: turn(itemSkus),
})

/** The same moves as far as records give up what they have. */
const firstHalf = ({ handles, skus, barcodes, itemSkus }: CodeMoves): CodeMoves => ({
  handles: handles.map((change) => ({ ...change, to: slugOf(change.id) })),
  skus: skus.map((change) => ({ ...change, to: null })),
  barcodes: barcodes.map((change) => ({ ...change, to: null })),
  itemSkus: itemSkus.map((change) => ({ ...change, to: null })),
})

async function setByServices(container: MedusaContainer, { handles, skus, barcodes, itemSkus }: CodeMoves): Promise<void> {
  const product = container.resolve(Modules.PRODUCT)
  if (handles.length > 0) {
    await product.upsertProducts(handles.map(({ id, to: handle }) => ({ id, handle })))
  }
  if (skus.length > 0) {
    await product.upsertProductVariants(skus.map(({ id, to: sku }) => ({ id, sku })))
  }
  if (barcodes.length > 0) {
    await product.upsertProductVariants(barcodes.map(({ id, to: barcode }) => ({ id, barcode })))
  }
  if (itemSkus.length > 0) {
    await container.resolve(Modules.INVENTORY).updateInventoryItems(itemSkus.map(({ id, to: sku }) => ({ id, sku })))
  }
}

/** Moves codes through Medusa's services, each of which commits by itself. */
async function moveByServices(container: MedusaContainer, moves: CodeMoves): Promise<void> {
  await setByServices(container, firstHalf(moves))
  await setByServices(container, moves)
}

async function move(container: MedusaContainer, moves: CodeMoves): Promise<void> {
  const records = movedRecords(moves)
  const isKnown = await Promise.all([...records.keys()].map((table) => writesDirectly(container, table)))
  if (!isKnown.every(Boolean)) {
    try {
      await moveByServices(container, moves)
    } catch (error) {
      await moveByServices(container, reverse(moves))
      throw error
    }
    return
  }
  await moveCodes(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), moves)
  for (const [table, ids] of records) {
    const record = TOLD[table]
    if (record !== undefined) {
      await emitOfModule(container, { ...record, action: "updated" }, ids)
    }
  }
}

/**
 * Moves the handles, SKUs and bar codes that others of the same batch take, and then has the rest of the batch written: the
 * database refuses the first half of a swap. Where the rest fails and has been undone, all get back what they had. No step
 * of the workflow that writes, because Medusa may undo a first step before later ones, where steps between were skipped.
 * @param work what writes the rest; it may write the codes that have moved once more
 */
export async function whileReleased(container: MedusaContainer, releases: CodeMoves, work: () => Promise<unknown>): Promise<void> {
  const isSome = movedRecords(releases).size > 0
  if (isSome) {
    await move(container, releases)
  }
  try {
    await work()
  } catch (error) {
    if (isSome) {
      await move(container, reverse(releases))
    }
    throw error
  }
}
