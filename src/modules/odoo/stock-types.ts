/**
 * How pieces have left the stock: with a reduction, or with a fulfillment of Medusa's. The values stand in the table, and are spelled
 * as version 0.1 wrote them there.
 */
export type MovementWay = "reduce" | "fulfilment"

/** A ledger entry: pieces of an inventory item that have left the stock for an order line. A negative quantity returns them. */
export type Movement = {
  line_item_id: string
  inventory_item_id: string
  /** null for pieces that left with a fulfillment */
  location_id: string | null
  quantity: number
  /** how many pieces of the inventory item one piece of the line takes */
  per_piece: number
  via: MovementWay
}

/** The times of the latest statements about a level; milliseconds since 1970. */
export type StockStatementTimes = {
  inventory_item_id: string
  location_id: string
  countedAt: number | null
  onHandAt: number | null
  statedAt: number
}

/** A stock record: the inventory item that holds the stock of a SKU without a variant. */
export type StockRecordRow = { sku: string; inventory_item_id: string }
