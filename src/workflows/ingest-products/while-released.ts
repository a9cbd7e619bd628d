import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { DirectTable } from "../../core-writes/columns"
import { moveCodes, movedRecords, type CodeChange, type CodeMoves } from "../../core-writes/move-codes"
import { writesDirectly } from "../../core-writes/writes-directly"
import { emitOfModule } from "../../utils/emit-written"
import { slugOf } from "../../wire/handle"

/** The names under which Medusa's modules emit updates of records. The product module emits none for products. */
const EMITTED_AS: Partial<Record<DirectTable, { source: string; object: string }>> = {
  product_variant: { source: Modules.PRODUCT, object: "product_variant" },
  inventory_item: { source: Modules.INVENTORY, object: "inventory_item" },
}

const reversed = <Code extends string | null>(changes: readonly CodeChange<Code>[]) =>
  changes.map(({ id, from, to }) => ({ id, from: to, to: from }))

/** The moves that undo moves. */
const reverse = ({ handles, skus, barcodes, itemSkus }: CodeMoves): CodeMoves => ({
  handles: reversed(handles),
  skus: reversed(skus),
  barcodes: reversed(barcodes),
  itemSkus: reversed(itemSkus),
})

/** The first half of moves: all records give up their codes. */
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
    const record = EMITTED_AS[table]
    if (record !== undefined) {
      await emitOfModule(container, { ...record, action: "updated" }, ids)
    }
  }
}

/**
 * Moves the handles, SKUs and bar codes that other records of the batch take, and then runs the rest of the batch. Without this,
 * the database refuses the first half of a swap. Where the rest fails and was undone, all records get their codes back. This is
 * not a step of the workflow, because Medusa may compensate a first step before later ones where steps between were skipped.
 * @param work writes the rest of the batch; it may write the moved codes again
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
