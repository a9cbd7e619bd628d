import { WireError, type WireErrorCode } from "./errors"

/** The names of a product in answers. */
export type ProductName = { id: string; title: string; handle: string; variant_id: string; sku: string }

/** Remarks on a product in answers; each is left out where it does not apply. */
export type ProductNotes = {
  /** the quantity was not applied */
  stock?: "skipped"
  /** why the quantity was not applied */
  reason?: string
  /** how many pieces are sold and missing: those reserved beyond the quantity, and those that it is below 0 */
  oversold_by?: number
  /** the stated quantity, where a fraction was rounded down */
  rounded_from?: number
  /** parts of the statement that were ignored, and reasons why a new product or variant can not be bought yet */
  warnings?: string[]
}

/** The outcome of one product of a push. */
export type ProductOutcome = { sku: string } & (
  | { status: "created" | "updated" | "unchanged"; product: ProductName | null; changes: string[]; notes: ProductNotes }
  /** the item takes the product out of the shop, where it is not */
  | { status: "absent" }
  | { status: "failed"; code: WireErrorCode; message: string; details: Record<string, unknown> }
  /** the item could be applied, but the push was stopped as a whole */
  | { status: "held_back" }
)

const count = (outcomes: readonly ProductOutcome[], ...statuses: ProductOutcome["status"][]) =>
  outcomes.filter((outcome) => statuses.includes(outcome.status)).length

/** The remarks on the products of a push, for products with any. */
function notesOf(outcomes: readonly ProductOutcome[]) {
  const notes = outcomes.flatMap((outcome, index) =>
    "notes" in outcome && Object.keys(outcome.notes).length > 0 ? { index, sku: outcome.sku, ...outcome.notes } : []
  )
  return notes.length > 0 ? { notes } : {}
}

/** The outcome of a push of one product that could be applied. */
export type AppliedOutcome = {
  status: "created" | "updated" | "unchanged"
  /** without ids where the item takes the product out of the shop, where it is not */
  product: { [Name in keyof ProductName]: ProductName[Name] | null } & { sku: string }
  notes: ProductNotes
}

/**
 * Reads the outcome of a push of one product.
 * @throws WireError that says why it could not be applied
 */
export function appliedOutcome([outcome]: readonly ProductOutcome[]): AppliedOutcome {
  if (outcome?.status === "absent") {
    const product = { id: null, title: null, handle: null, variant_id: null, sku: outcome.sku }
    return { status: "unchanged", product, notes: {} }
  }
  if (outcome?.status === "failed") {
    throw new WireError(outcome.code, outcome.message, outcome.details)
  }
  if (outcome === undefined || outcome.status === "held_back" || outcome.product === null) {
    throw new WireError("SYNC_FAILED", "The product is not there any more. Send it again.")
  }
  return { status: outcome.status, product: outcome.product, notes: outcome.notes }
}

/**
 * The answer to `POST /odoo/products` (contract 4).
 * @throws WireError where the product could not be applied
 */
export function productAnswer(outcomes: readonly ProductOutcome[]) {
  const { status, product, notes } = appliedOutcome(outcomes)
  return { success: true, product: { ...product, created: status === "created", updated: status === "updated" }, ...notes }
}

const ACTIONS = { created: "create", updated: "update", unchanged: "none", absent: "none", failed: "fail", held_back: "none" } as const

/** The answer to `POST /odoo/products/bulk` (contract 4). A dry run counts the possible changes, and names them for each item. */
export function bulkProductsAnswer(outcomes: readonly ProductOutcome[], dryRun: boolean) {
  return {
    success: outcomes.every(({ status }) => status !== "failed"),
    results: {
      total: outcomes.length,
      created: count(outcomes, "created"),
      updated: count(outcomes, "updated"),
      unchanged: count(outcomes, "unchanged", "absent"),
      failed: count(outcomes, "failed"),
      errors: outcomes.flatMap((outcome, index) =>
        outcome.status === "failed" ? { index, sku: outcome.sku, code: outcome.code, message: outcome.message } : []
      ),
      ...notesOf(outcomes),
      ...(dryRun
        ? {
            dry_run: true,
            items: outcomes.map((outcome, index) => ({
              index,
              sku: outcome.sku,
              action: ACTIONS[outcome.status],
              changes: "changes" in outcome ? outcome.changes : [],
            })),
          }
        : {}),
    },
  }
}

/** The outcome of a product webhook. */
export type WebhookOutcome = ProductNotes & WebhookAction

type WebhookAction =
  | { action: "created" | "updated" | "unchanged" | "deleted"; product: { variant_id: string | null; product_id: string | null; sku: string } }
  | { action: "inventory_created"; message: string; sku: string }

/** The answer to `POST /odoo/webhooks/products` (contract 6). */
export const productWebhookAnswer = (outcome: WebhookOutcome) => ({ success: true, ...outcome })

/** The answer to `DELETE /odoo/products/{sku}`. */
export const deletedProductAnswer = (deleted: { sku: string; variantId: string; productId: string; isLast: boolean }) => ({
  success: true,
  sku: deleted.sku,
  variant_id: deleted.variantId,
  product_id: deleted.productId,
  product_deleted: deleted.isLast,
})
