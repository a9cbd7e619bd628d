import { WireError, type WireErrorCode } from "./errors"

/** A product as the answers name it. */
export type ProductName = { id: string; title: string; handle: string; variant_id: string; sku: string }

/** What became of one product of a push. */
export type ProductOutcome = { sku: string } & (
  | { status: "created" | "updated" | "unchanged"; product: ProductName | null; changes: string[] }
  | { status: "failed"; code: WireErrorCode; message: string; details: Record<string, unknown> }
  /** it would have been written, but the push as a whole was stopped */
  | { status: "held_back" }
)

const count = (outcomes: readonly ProductOutcome[], status: ProductOutcome["status"]) =>
  outcomes.filter((outcome) => outcome.status === status).length

/** What became of the only product of a push, where it could be applied. */
export type AppliedOutcome = { status: "created" | "updated" | "unchanged"; product: ProductName }

/**
 * The outcome of a push of one product.
 * @throws WireError that says why it could not be applied
 */
export function appliedOutcome([outcome]: readonly ProductOutcome[]): AppliedOutcome {
  if (outcome?.status === "failed") {
    throw new WireError(outcome.code, outcome.message, outcome.details)
  }
  if (outcome === undefined || outcome.status === "held_back" || outcome.product === null) {
    throw new WireError("SYNC_FAILED", "The product is not there any more. Send it again.")
  }
  return { status: outcome.status, product: outcome.product }
}

/**
 * The answer to `POST /odoo/products` (contract 4).
 * @throws WireError that says why it could not be applied
 */
export function productAnswer(outcomes: readonly ProductOutcome[]) {
  const { status, product } = appliedOutcome(outcomes)
  return { success: true, product: { ...product, created: status === "created", updated: status === "updated" } }
}

const ACTIONS = { created: "create", updated: "update", unchanged: "none", failed: "fail", held_back: "none" } as const

/**
 * The answer to `POST /odoo/products/bulk` (contract 4). A dry run counts what would be, and says of each item what
 * would change.
 */
export function bulkProductsAnswer(outcomes: readonly ProductOutcome[], dryRun: boolean) {
  return {
    success: outcomes.every(({ status }) => status !== "failed"),
    results: {
      total: outcomes.length,
      created: count(outcomes, "created"),
      updated: count(outcomes, "updated"),
      unchanged: count(outcomes, "unchanged"),
      failed: count(outcomes, "failed"),
      errors: outcomes.flatMap((outcome, index) =>
        outcome.status === "failed" ? { index, sku: outcome.sku, code: outcome.code, message: outcome.message } : []
      ),
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

/** What a product webhook has come to. */
export type WebhookOutcome =
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
