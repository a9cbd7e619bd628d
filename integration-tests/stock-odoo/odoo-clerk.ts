import type { OdooClient } from "../../src/odoo-client"

const idsOf = async (odoo: OdooClient, saleOrderId: number, field: "picking_ids" | "invoice_ids") => {
  const [sale] = await odoo.searchRead("sale.order", { domain: [["id", "=", saleOrderId]], fields: [field] })
  return (sale?.[field] ?? []) as number[]
}

/** Delivers all of a sale order, as a person in Odoo does. @returns the ids of its deliveries */
export async function deliverInOdoo(odoo: OdooClient, saleOrderId: number): Promise<number[]> {
  const pickings = await idsOf(odoo, saleOrderId, "picking_ids")
  for (const { id, product_uom_qty: quantity } of await odoo.searchRead("stock.move", { domain: [["picking_id", "in", pickings]], fields: ["product_uom_qty"] })) {
    await odoo.call("stock.move", "write", { ids: [id], vals: { quantity } })
  }
  await odoo.call("stock.picking", "button_validate", { ids: pickings, context: { skip_sms: true } })
  return pickings
}

/** Invoices what was delivered of a sale order, and posts the invoice. @returns the ids of its invoices */
export async function invoiceInOdoo(odoo: OdooClient, saleOrderId: number): Promise<number[]> {
  const context = { active_model: "sale.order", active_ids: [saleOrderId] }
  const values = { advance_payment_method: "delivered", sale_order_ids: [[6, 0, [saleOrderId]]] }
  const [wizard] = (await odoo.call("sale.advance.payment.inv", "create", { vals_list: [values], context })) as number[]
  await odoo.call("sale.advance.payment.inv", "create_invoices", { ids: [wizard], context })
  const invoices = await idsOf(odoo, saleOrderId, "invoice_ids")
  await odoo.call("account.move", "action_post", { ids: invoices })
  return invoices
}
