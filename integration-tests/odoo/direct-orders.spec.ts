import { Modules } from "@medusajs/framework/utils"

import { haveProducts, directSuite } from "./direct-suite"

directSuite({}, ({ bench, odoo, settled, salesOf, linesOf }) => {
  const SKUS = ["SHIRT-S", "SHIRT-M", "MUG-WHITE"]
  const buyer = () => `layla.${String(Date.now())}.${String(Math.random()).slice(2, 8)}@example.com`

  beforeAll(async () => {
    await haveProducts(odoo, SKUS)
  })

  it("puts an order into a stock Odoo: customer, address, lines, shipping, total, confirmed", async () => {
    const email = buyer()
    const { id } = await bench.shopper.buy([{ sku: "SHIRT-M", quantity: 2 }, { sku: "MUG-WHITE", quantity: 1 }], { email })
    await settled(id)
    const [sale, ...others] = await salesOf(id)
    expect(others).toEqual([])
    const order = await bench.container.resolve(Modules.ORDER).retrieveOrder(id)
    expect(sale).toMatchObject({ state: "sale", amount_total: 13.255, amount_tax: 0, client_order_ref: `MEDUSA-${String(order.display_id)}` })
    expect(sale!.currency_id[1]).toBe("KWD")
    const lines = await linesOf(sale!.id)
    expect(lines.map((line) => [line.product_uom_qty, line.price_unit, line.discount])).toEqual([[2, 5.25, 0], [1, 1.255, 0], [1, 1.5, 0]])
    const partners = await odoo.searchRead("res.partner", { domain: [["email", "=", email]], fields: ["name", "x_medusa_customer_id", "city"] })
    expect(partners).toHaveLength(1)
    expect(sale!.partner_id[0]).toBe(partners[0]!.id)
    const { data } = await bench.client.get(`/odoo/orders/${id}`)
    expect(data.order.odoo).toMatchObject({ odoo_order_id: sale!.id, odoo_order_name: sale!.name })
  })
})
