import type { PageRequest } from "../../wire/list"
import type { Db } from "../../database/statement"
import { selectPage, type Page } from "../../database/page"

/** The filters of a list of orders; undefined ones do not apply. */
export type OrderFilters = {
  status?: readonly string[] | undefined
  dateFrom?: Date | undefined
  dateTo?: Date | undefined
  updatedSince?: Date | undefined
  synced?: boolean | undefined
}

/** When an order changed last. Medusa does not update the order's own row when its payments or fulfillments change. */
const MOVED_SINCE = `EXISTS (
    SELECT 1
    FROM order_payment_collection AS paid
      JOIN payment_collection ON payment_collection.id = paid.payment_collection_id
      LEFT JOIN payment ON payment.payment_collection_id = payment_collection.id
      LEFT JOIN capture ON capture.payment_id = payment.id
      LEFT JOIN refund ON refund.payment_id = payment.id
    WHERE paid.order_id = "order".id AND paid.deleted_at IS NULL
      AND GREATEST(payment_collection.updated_at, payment.updated_at, capture.updated_at, refund.updated_at) >= :updatedSince
  ) OR EXISTS (
    SELECT 1
    FROM order_fulfillment AS sent
      JOIN fulfillment ON fulfillment.id = sent.fulfillment_id
      LEFT JOIN fulfillment_label AS label ON label.fulfillment_id = fulfillment.id
    WHERE sent.order_id = "order".id AND sent.deleted_at IS NULL
      AND GREATEST(fulfillment.updated_at, label.updated_at) >= :updatedSince
  )`

/** The condition that the order is linked to Odoo. */
const LINKED = `EXISTS (
    SELECT 1 FROM odoo_link AS link
    WHERE link.record_kind = 'order' AND link.record_id = "order".id AND link.deleted_at IS NULL
  )`

/**
 * One page of order ids. Hand-written, because Medusa's query can not filter orders by the plugin's table of links. Drafts are
 * listed only where the filter names their status.
 */
export function selectOrderPage(db: Db, filters: OrderFilters, page: PageRequest): Promise<Page<{ id: string }>> {
  return selectPage(
    db,
    {
      columns: `"order".id`,
      from: `"order"`,
      conditions: [
        `"order".deleted_at IS NULL`,
        filters.status?.includes("draft") !== true && `"order".is_draft_order = false`,
        filters.status && `"order".status::text = ANY(:status)`,
        filters.dateFrom && `"order".created_at >= :dateFrom`,
        // times given to the millisecond stand for the whole millisecond
        filters.dateTo && `"order".created_at < CAST(:dateTo AS timestamptz) + interval '1 millisecond'`,
        filters.updatedSince && `("order".updated_at >= :updatedSince OR ${MOVED_SINCE})`,
        filters.synced !== undefined && `${LINKED} = :synced`,
      ],
      createdAt: `"order".created_at`,
      id: `"order".id`,
    },
    {
      status: filters.status ?? null,
      dateFrom: filters.dateFrom ?? null,
      dateTo: filters.dateTo ?? null,
      updatedSince: filters.updatedSince ?? null,
      synced: filters.synced ?? null,
    },
    page
  )
}
