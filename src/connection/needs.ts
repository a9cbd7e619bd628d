/** A field that the direct connection needs in Odoo, beside Odoo's own. */
export type NeededField = { model: string; name: string; label: string; type: "char" | "text"; isIndexed: boolean }

/** The fields, in the order in which they are made. */
export const NEEDED_FIELDS = [
  { model: "res.partner", name: "x_medusa_customer_id", label: "Medusa customer id", type: "char", isIndexed: true },
  // by which it is seen what a person in Odoo has changed
  { model: "res.partner", name: "x_medusa_values", label: "Medusa: digests of the values that the shop has written", type: "text", isIndexed: false },
  { model: "sale.order", name: "x_medusa_order_id", label: "Medusa order id", type: "char", isIndexed: true },
  { model: "sale.order.line", name: "x_medusa_line_id", label: "Medusa line id", type: "char", isIndexed: false },
  { model: "account.move", name: "x_medusa_refund_id", label: "Medusa refund id", type: "char", isIndexed: true },
  { model: "stock.picking", name: "x_medusa_return_id", label: "Medusa return id", type: "char", isIndexed: true },
] as const satisfies readonly NeededField[]

/** A product of the direct connection's own in Odoo: what an order has beside its articles. Not for sale there, and not imported. */
export type ServiceProduct = { code: string; name: string }

/** These products, by what they stand for. Each is found by its `default_code`. */
export const SERVICE_PRODUCTS = {
  shipping: { code: "MEDUSA-SHIPPING", name: "Shipping (Medusa)" },
  discount: { code: "MEDUSA-DISCOUNT", name: "Discount (Medusa)" },
  credit: { code: "MEDUSA-CREDIT", name: "Gift cards and store credit (Medusa)" },
  rounding: { code: "MEDUSA-ROUNDING", name: "Rounding (Medusa)" },
  placeholder: { code: "MEDUSA-UNKNOWN", name: "Article that Odoo lacks (Medusa)" },
} as const satisfies Readonly<Record<string, ServiceProduct>>

export type ServiceName = keyof typeof SERVICE_PRODUCTS

/** The module of the external ids of all that the shop makes in Odoo. */
export const EXTERNAL_IDS = "medusa"

/** The external id of what the shop makes: the same for the same thing, so that nothing is made twice. */
export const externalId = (...parts: readonly string[]) => `${EXTERNAL_IDS}.${parts.join("_").replace(/[^A-Za-z0-9_-]/g, "_")}`

/** The columns of the pricelist that the shop makes of a currency; `code` is in upper case. */
export const pricelistCells = (code: string, currencyId: number) => ({ name: `Medusa ${code}`, "currency_id/.id": String(currencyId) })

/** The external id of the pricelist of a currency. */
export const pricelistExternalId = (currencyCode: string) => externalId("pricelist", currencyCode.toLowerCase())
